import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { renderTable } from './render-table.ts'
import { fillDocument, renderReport } from './write-report.ts'

const group = {
  title: 't',
  unit: 'µs',
  rows: [
    { name: 'a', role: 'limit', value: 100 },
    { name: 'b', role: 'ours', value: 120 },
    { name: 'RSA', role: 'part', value: 80 },
    { name: 'c', role: 'peer', value: 200 },
    { name: 'd', role: 'peer', value: 60, signs: false },
  ],
} as const

test('a table has its ratios, with and without RSA', () => {
  expect(renderTable(group).map((line) => line.replaceAll(/\s+/g, ' '))).toEqual([
    '| t | µs | × limit | × ours | × ours, RSA taken off |',
    '| --- | ---- | ------- | ------ | --------------------- |',
    '| a | 100 | 1.00 | 0.83 | 0.50 |',
    '| b | 120 | 1.20 | 1.00 | 1.00 |',
    '| RSA | 80.0 | 0.80 | 0.67 | |',
    '| c | 200 | 2.00 | 1.67 | 3.00 |',
    '| d | 60.0 | 0.60 | 0.50 | |',
  ])
})

test('a table has no column of ratios to what was not measured', () => {
  const rows = [{ name: 'a', role: 'peer', value: 3 }] as const
  expect(renderTable({ ...group, rows })).toEqual(['| t | µs   |', '| - | ---- |', '| a | 3.00 |'])
})

test('what stands between the marks is replaced, and nothing else', () => {
  const text = 'before\n\n<!-- bench x -->\n\nold\n\n<!-- end -->\n\nafter\n'
  const measured = { date: '', machine: '', benches: { x: [{ ...group, rows: [] }] } }
  const filled = fillDocument(text, measured)
  expect(filled).toMatch(/^before\n\n<!-- bench x -->\n\n\| t/)
  expect(filled).toMatch(/\n\n<!-- end -->\n\nafter\n$/)
  expect(fillDocument(filled, measured)).toBe(filled)
})

test('documents and plot say what was measured last: npm run bench -- --report', () => {
  for (const [path, text] of renderReport()) expect(readFileSync(path, 'utf8')).toBe(text)
})
