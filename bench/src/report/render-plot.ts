import { valueOf, type Group } from '../measure/result.ts'

const WIDTH = 720
const LABEL = 210
const BAR = 18
const STEP = 24
const HEAD = 34
const PLOT = WIDTH - LABEL - 110

const STYLE = `
    text { font: 13px system-ui, sans-serif; fill: #1f2328 }
    .head { font-weight: 600 }
    .limit { fill: #8c959f } .ours { fill: #1f883d } .peer { fill: #54aeff } .part { fill: #d4a72c }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      .limit { fill: #6e7681 } .ours { fill: #3fb950 } .peer { fill: #388bfd } .part { fill: #bb8009 }
    }`

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function renderGroup(group: Group, top: number, most: number): string[] {
  const limit = valueOf(group, 'limit')
  const bars = group.rows.flatMap(({ name, role, value }, index) => {
    const y = top + HEAD + index * STEP
    const width = Math.max(1, Math.round((value / most) * PLOT))
    const ratio = limit === undefined ? '' : ` (${(value / limit).toFixed(2)})`
    return [
      `  <text x="${LABEL - 8}" y="${y + 14}" text-anchor="end">${escape(name)}</text>`,
      `  <rect class="${role}" x="${LABEL}" y="${y}" width="${width}" height="${BAR}"/>`,
      `  <text x="${LABEL + width + 6}" y="${y + 14}">${Math.round(value)}${ratio}</text>`,
    ]
  })
  const head = `${group.title}: ${group.unit} (times the limit)`
  return [`  <text class="head" x="8" y="${top + 22}">${escape(head)}</text>`, ...bars]
}

/** Draws tables as bars on one scale, for light and dark pages. */
export function renderPlot(groups: readonly Group[]): string {
  const most = Math.max(...groups.flatMap(({ rows }) => rows.map(({ value }) => value)))
  const tops = groups.map((_, index) =>
    groups.slice(0, index).reduce((sum, { rows }) => sum + HEAD + rows.length * STEP, 0),
  )
  const height = groups.reduce((sum, { rows }) => sum + HEAD + rows.length * STEP, 10)
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="CPU per call">`,
    `  <style>${STYLE}\n  </style>`,
    ...groups.flatMap((group, index) => renderGroup(group, tops[index] ?? 0, most)),
    '</svg>',
  ].join('\n')}\n`
}
