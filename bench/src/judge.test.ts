import { expect, test } from 'vitest'

import { BENCHES } from './benches.ts'
import { BOUNDS } from './bounds.ts'
import { judge } from './judge.ts'

const bound = { bench: 'x', title: 't', of: 'a', to: 'b', atMost: 2, why: '' }
const groups = (a: number, b: number) => [
  {
    title: 't',
    unit: '',
    rows: [
      { name: 'a', role: 'ours', value: a },
      { name: 'b', role: 'limit', value: b },
    ] as const,
  },
]

test.each([
  [4, 2, 2, true],
  [4.1, 2, 2.05, false],
  [1, 0, undefined, false],
])('%d to %d', (a, b, ratio, isKept) => {
  expect(judge(bound, groups(a, b))).toEqual({ bound, ratio, isKept })
})

test('what was not measured is not kept', () => {
  expect(judge({ ...bound, of: 'c' }, groups(1, 1)).isKept).toBe(false)
  expect(judge({ ...bound, title: 'u' }, groups(1, 1)).isKept).toBe(false)
})

test('every bound is of a bench', () => {
  expect(BOUNDS.filter(({ bench }) => !Object.hasOwn(BENCHES, bench))).toEqual([])
})
