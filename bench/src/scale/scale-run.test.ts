import { expect, test } from 'vitest'

import { renderScalePlot, renderScaleTable } from '../report/render-scale.ts'
import { summarize } from './scale-run.ts'

const points = [0, 100, 400, 450, 9_900, 10_000].map((cards) => ({
  cards,
  mib: 100 + cards / 1_000,
  cpuUs: 50_000 + cards * 1_000,
}))
const run = summarize({ count: 10_000, seconds: 10, ledgerMib: 2.66, points }, 1_000)

test('a run is summed up by its end, its peak, and its course without the start', () => {
  expect(run).toMatchObject({ usPerCard: 1_005, usPerCall: 1_000, peakMib: 110, ledgerMib: 2.7 })
  expect(run.course).toEqual([
    { cards: 400, mib: 100, us: 1_000 },
    { cards: 9_900, mib: 110, us: 1_000 },
    { cards: 10_000, mib: 110, us: 1_000 },
  ])
})

test('runs become a table and a plot', () => {
  const scale = { date: '', machine: '', runs: [run] }
  expect(renderScaleTable(scale).at(-1)).toMatch(
    /^\| 10,000 +\| 1000 +\| 1005 +\| 1.0[01] +\| 110 /,
  )
  expect(renderScalePlot(scale).match(/<polyline/g)).toHaveLength(2)
})
