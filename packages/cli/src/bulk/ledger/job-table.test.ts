import { createHash } from 'node:crypto'

import { expect, test } from 'vitest'

import { JobTable, times } from './job-table.ts'

const idOf = (text: string) => createHash('sha256').update(text).digest('hex')

test('keeps what a Map keeps, while it grows', () => {
  const table = new JobTable()
  const map = new Map<string, number>()
  for (let index = 0; index < 20_000; index += 1) {
    const id = idOf(String(index % 15_000))
    const value = (index % 250) + 1
    table.set(id, value)
    map.set(id, value)
  }
  expect(table.size).toBe(map.size)
  for (const [id, value] of map) expect(table.get(id)).toBe(value)
  expect(table.get(idOf('other'))).toBe(0)
})

test('tells apart ids that share their first words', () => {
  const table = new JobTable(times)
  const now = 1_795_622_821_065
  table.set(`${'0'.repeat(23)}1${'0'.repeat(40)}`, now)
  table.set(`${'0'.repeat(23)}2${'0'.repeat(40)}`, now + 1)
  expect(table.get(`${'0'.repeat(23)}1${'0'.repeat(40)}`)).toBe(now)
  expect(table.get(`${'0'.repeat(24)}${'0'.repeat(40)}`)).toBe(0)
})
