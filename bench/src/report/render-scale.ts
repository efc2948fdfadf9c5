import type { ScaleResult } from '../scale/scale-run.ts'
import { renderLines } from './render-lines.ts'
import { alignTable } from './render-table.ts'

/** What `npm run scale` writes. */
export interface Scale {
  readonly date: string
  readonly machine: string
  readonly runs: readonly ScaleResult[]
}

const HEAD = [
  'cards',
  'per second',
  'µs of CPU per card',
  '× the call',
  'most MiB resident',
  'ledger, MiB',
]

/** The runs as a table of Markdown. */
export function renderScaleTable({ runs }: Scale): string[] {
  const rows = runs.map(({ count, seconds, usPerCard, usPerCall, peakMib, ledgerMib }) => [
    count.toLocaleString('en-US'),
    String(Math.round(count / seconds)),
    String(usPerCard),
    (usPerCard / usPerCall).toFixed(2),
    String(peakMib),
    String(ledgerMib),
  ])
  return alignTable([HEAD, ...rows])
}

/** The course of the longest run as a plot. */
export function renderScalePlot({ runs }: Scale): string {
  const course = runs.at(-1)?.course ?? []
  return renderLines([
    {
      title: 'MiB of resident memory, by cards done',
      points: course.map(({ cards, mib }) => ({ x: cards, y: mib })),
    },
    {
      title: 'µs of CPU per card, by cards done',
      points: course.map(({ cards, us }) => ({ x: cards, y: us })),
    },
  ])
}
