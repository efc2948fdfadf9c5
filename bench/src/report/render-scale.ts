import type { ScaleResult } from '../scale/scale-run.ts'
import { renderLines } from './render-lines.ts'
import { alignTable } from './render-table.ts'

const DECADES = [1_000, 10_000, 100_000, 1_000_000]

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

/** The course of the runs as a plot. */
export function renderScalePlot({ runs }: Scale): string {
  const panel = (title: string, read: (point: ScaleResult['course'][number]) => number) => ({
    title,
    lines: runs.map(({ count, course }) => ({
      name: `${count.toLocaleString('en-US')} cards`,
      points: course
        .filter(({ cards }) => cards >= (DECADES[0] ?? 0))
        .map((point) => ({ x: point.cards, y: read(point) })),
    })),
  })
  return renderLines(
    [
      panel('MiB of resident memory, by cards done', ({ mib }) => mib),
      panel('µs of CPU per card, by cards done', ({ us }) => us),
    ],
    DECADES,
  )
}
