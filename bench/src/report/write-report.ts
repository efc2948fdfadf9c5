import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { ROOT } from '@internal/testkit/repository'

import type { Group } from '../measure/result.ts'
import { renderPlot } from './render-plot.ts'
import { renderScalePlot, renderScaleTable, type Scale } from './render-scale.ts'
import { renderTable } from './render-table.ts'

const inDocs = (name: string) => join(ROOT, 'docs', name)

/** What was measured last, in the full form. */
export const LAST = inDocs('performance/last.json')
/** What `npm run scale` measured last. */
export const SCALE = inDocs('performance/scale.json')
const PLOT = inDocs('performance/call.svg')
const SCALE_PLOT = inDocs('performance/scale.svg')
const DOCUMENTS = ['performance.md', 'performance.zh-CN.md'].map(inDocs)
const PLOTTED = /^call, \d+ bits, 16 in flight$/

/** The file that a run of all benches writes. */
interface Measured {
  readonly date: string
  readonly machine: string
  readonly benches: Readonly<Record<string, readonly Group[]>>
}

/** Puts what was measured between the marks of a document: `<!-- bench NAME -->` to `<!-- end -->`. */
export function fillDocument(text: string, { date, machine, benches }: Measured): string {
  return text.replaceAll(
    /(<!-- bench ([a-z-]+) -->\n)[^]*?(\n<!-- end -->)/g,
    (_, start: string, name: string, end: string) => {
      const tables = (benches[name] ?? []).map((group) => renderTable(group).join('\n'))
      const body = name === 'machine' ? `\`${date}: ${machine}\`` : tables.join('\n\n')
      return `${start}\n${body}\n${end}`
    },
  )
}

/** Puts what `npm run scale` measured between its marks. */
function fillScale(text: string, scale: Scale): string {
  const { date, machine } = scale
  const body = `${renderScaleTable(scale).join('\n')}\n\n\`${date}: ${machine}\``
  return text.replace(
    /(<!-- scale -->\n)[^]*?(\n<!-- end -->)/,
    (_, start: string, end: string) => `${start}\n${body}\n${end}`,
  )
}

/** The files of the report by their paths, as they must be for what was measured last. */
export function renderReport(): ReadonlyMap<string, string> {
  const measured: Measured = JSON.parse(readFileSync(LAST, 'utf8'))
  const scale: Scale = JSON.parse(readFileSync(SCALE, 'utf8'))
  const plotted = (measured.benches['call'] ?? []).filter(({ title }) => PLOTTED.test(title))
  return new Map([
    [PLOT, renderPlot(plotted)],
    [SCALE_PLOT, renderScalePlot(scale)],
    ...DOCUMENTS.map((path): [string, string] => [
      path,
      fillScale(fillDocument(readFileSync(path, 'utf8'), measured), scale),
    ]),
  ])
}

/** Writes the tables into both documents, and the plot beside them. */
export function writeReport(): void {
  for (const [path, text] of renderReport()) writeFileSync(path, text)
}
