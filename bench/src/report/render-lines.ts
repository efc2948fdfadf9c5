const WIDTH = 720
const LEFT = 60
const RIGHT = 90
const HEAD = 34
const HEIGHT = 170
const FOOT = 30
const PLOT = WIDTH - LEFT - RIGHT

const STYLE = `
    text { font: 13px system-ui, sans-serif; fill: #1f2328 }
    .head { font-weight: 600 } .axis { stroke: #d1d9e0 } .line { fill: none; stroke-width: 2; stroke: #1f883d }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 } .axis { stroke: #3d444d } .line { stroke: #3fb950 }
    }`

/** Values over a logarithmic axis, one line for each run. */
export interface Panel {
  readonly title: string
  readonly lines: readonly {
    readonly name: string
    readonly points: readonly { readonly x: number; readonly y: number }[]
  }[]
}

/** The next number of the form 1, 2 or 5 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value) ?? value
}

function renderPanel({ title, lines }: Panel, top: number, decades: readonly number[]): string[] {
  const all = lines.flatMap(({ points }) => points)
  const most = roundUp(Math.max(1, ...all.map(({ y }) => y)))
  const [first = 1, last = 10] = [decades[0], decades.at(-1)]
  const toX = (x: number) =>
    Math.round(LEFT + (Math.log10(x / first) / Math.log10(last / first)) * PLOT)
  const toY = (y: number) => Math.round(top + HEAD + HEIGHT * (1 - y / most))
  const bottom = toY(0)
  const levels = [0, most / 2, most].flatMap((level) => [
    `  <line class="axis" x1="${LEFT}" x2="${LEFT + PLOT}" y1="${toY(level)}" y2="${toY(level)}"/>`,
    `  <text x="${LEFT - 8}" y="${toY(level) + 4}" text-anchor="end">${level}</text>`,
  ])
  const marks = decades.map(
    (decade) =>
      `  <text x="${toX(decade)}" y="${bottom + 18}" text-anchor="middle">${decade.toLocaleString('en-US')}</text>`,
  )
  const drawn = lines.flatMap(({ name, points }) => {
    const path = points.map(({ x, y }) => `${toX(x)},${toY(y)}`).join(' ')
    const end = points.at(-1)
    if (end === undefined) return []
    return [
      `  <polyline class="line" points="${path}"><title>${name}</title></polyline>`,
      `  <text x="${toX(end.x) + 6}" y="${toY(end.y) + 4}">${end.y}</text>`,
    ]
  })
  return [
    `  <text class="head" x="8" y="${top + 20}">${title}</text>`,
    ...levels,
    ...marks,
    ...drawn,
  ]
}

/** Draws panels below each other, for light and dark pages; the first and last decade bound the axis. */
export function renderLines(panels: readonly Panel[], decades: readonly number[]): string {
  const step = HEAD + HEIGHT + FOOT
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${panels.length * step}" role="img" aria-label="${panels.map(({ title }) => title).join('; ')}">`,
    `  <style>${STYLE}\n  </style>`,
    ...panels.flatMap((panel, index) => renderPanel(panel, index * step, decades)),
    '</svg>',
  ].join('\n')}\n`
}
