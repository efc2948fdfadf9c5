import { expect, test } from 'vitest'

import { findNearest } from './nearest.ts'

const KNOWN = ['card unbind', 'card list', 'key new', 'code', 'sign']

test.each([
  ['card unbnid', 'card unbind'],
  ['crad unbind', 'card unbind'],
  ['card unbin', 'card unbind'],
  ['card ulist', 'card list'],
  ['cdoe', 'code'],
  ['sing', 'sign'],
])('%s means %s', (word, meant) => {
  expect(findNearest(word, KNOWN)).toBe(meant)
})

test.each(['refund', '', 'c', 'x'.repeat(10_000), '6228480402564890018'])(
  'there is nothing near %s',
  (word) => {
    expect(findNearest(word, KNOWN)).toBeUndefined()
  },
)
