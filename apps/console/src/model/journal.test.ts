import { expect, test } from 'vitest'

import { addEntries, EMPTY_JOURNAL } from './journal.ts'
import { makeEntry } from './make-entry.ts'
import { windowRows } from './window-rows.ts'

const one = makeEntry(1)
const two = makeEntry(2)
const three = makeEntry(3)

test('entries that arrive late or twice are kept once, in order', () => {
  const first = addEntries(EMPTY_JOURNAL, 'run-1', [one, three])
  const next = addEntries(first, 'run-1', [two, three])
  expect(next.entries.map(({ id }) => id)).toEqual([1, 2, 3])
  expect(next.last).toBe(3)
})

test('a restart replaces what was known', () => {
  const before = addEntries(EMPTY_JOURNAL, 'run-1', [one, two, three])
  expect(addEntries(before, 'run-2', [one])).toEqual({ run: 'run-2', entries: [one], last: 1 })
  expect(addEntries(before, 'run-2', [])).toEqual({ run: 'run-2', entries: [], last: 0 })
})

test('nothing new changes nothing', () => {
  const before = addEntries(EMPTY_JOURNAL, 'run-1', [one])
  expect(addEntries(before, 'run-1', [])).toBe(before)
})

test('the oldest entries go when there are more than the sandbox keeps', () => {
  const many = Array.from({ length: 2500 }, (_, index) => makeEntry(index + 1))
  const { entries } = addEntries(EMPTY_JOURNAL, 'run-1', many)
  expect(entries).toHaveLength(2000)
  expect(entries[0]?.id).toBe(501)
})

test.each([
  ['the top', { count: 2000, rowHeight: 34, scrollTop: 0, height: 340 }, { from: 0, to: 18 }],
  [
    'the middle',
    { count: 2000, rowHeight: 34, scrollTop: 3400, height: 340 },
    { from: 92, to: 118 },
  ],
  ['the end', { count: 100, rowHeight: 34, scrollTop: 3060, height: 340 }, { from: 82, to: 100 }],
  ['a short list', { count: 3, rowHeight: 34, scrollTop: 0, height: 340 }, { from: 0, to: 3 }],
  [
    'a list that shrank',
    { count: 3, rowHeight: 34, scrollTop: 9999, height: 340 },
    { from: 3, to: 3 },
  ],
])('draws %s of a list', (_, view, drawn) => {
  expect(windowRows(view)).toEqual(drawn)
})
