const WIDTH = 720
const LEFT = 60
const RIGHT = 70
const HEAD = 34
const HEIGHT = 150
const FOOT = 34
const PLOT = WIDTH - LEFT - RIGHT
const STEP = HEAD + HEIGHT + FOOT
const MARKS = 5

const STYLE = `
    text { font: 13px system-ui, sans-serif; fill: #1f2328 }
    .head { font-weight: 600 } .axis { stroke: #d1d9e0 } .line { fill: none; stroke-width: 2; stroke: #1f883d }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 } .axis { stroke: #3d444d } .line { stroke: #3fb950 }
    }`

/** A line over an axis that begins at 0. */
export interface Panel {
  readonly title: string
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

/** The next number of the form 1, 2, 3, 4 or 5 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 3, 4, 5, 10].map((step) => step * power).find((step) => step >= value) ?? value
}

const evenly = (most: number, parts: number) =>
  Array.from({ length: parts + 1 }, (_, index) => (most * index) / parts)

function renderPanel({ title, points }: Panel, top: number): string[] {
  const [width, height] = [
    roundUp(Math.max(1, ...points.map(({ x }) => x))),
    roundUp(Math.max(1, ...points.map(({ y }) => y))),
  ]
  const toX = (x: number) => Math.round(LEFT + (x / width) * PLOT)
  const toY = (y: number) => Math.round(top + HEAD + HEIGHT * (1 - y / height))
  const levels = evenly(height, 2).flatMap((level) => [
    `  <line class="axis" x1="${LEFT}" x2="${LEFT + PLOT}" y1="${toY(level)}" y2="${toY(level)}"/>`,
    `  <text x="${LEFT - 8}" y="${toY(level) + 4}" text-anchor="end">${level}</text>`,
  ])
  const marks = evenly(width, MARKS).map(
    (mark) =>
      `  <text x="${toX(mark)}" y="${toY(0) + 18}" text-anchor="middle">${mark.toLocaleString('en-US')}</text>`,
  )
  const line = points.map(({ x, y }) => `${toX(x)},${toY(y)}`).join(' ')
  const end = points.at(-1) ?? { x: 0, y: 0 }
  return [
    `  <text class="head" x="8" y="${top + 20}">${title}</text>`,
    ...levels,
    ...marks,
    `  <polyline class="line" points="${line}"/>`,
    `  <text x="${toX(end.x) + 8}" y="${toY(end.y) + 4}">${end.y}</text>`,
  ]
}

/** Draws panels below each other, for light and dark pages. */
export function renderLines(panels: readonly Panel[]): string {
  const label = panels.map(({ title }) => title).join('; ')
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${panels.length * STEP}" role="img" aria-label="${label}">`,
    `  <style>${STYLE}\n  </style>`,
    ...panels.flatMap((panel, index) => renderPanel(panel, index * STEP)),
    '</svg>',
  ].join('\n')}\n`
}
