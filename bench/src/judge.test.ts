import { expect, test } from 'vitest'

import { BENCHES } from './benches.ts'
import { BOUNDS } from './bounds.ts'
import { better, fails, judge } from './judge.ts'

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

test('only what was not measured, and bytes over their bound, fail', () => {
  const bytes = { ...bound, isOfBytes: true } as const
  expect(fails(judge(bound, groups(9, 1)))).toBe(false)
  expect(fails(judge(bytes, groups(9, 1)))).toBe(true)
  expect(fails(judge(bytes, groups(2, 1)))).toBe(false)
  expect(fails(judge(bound, []))).toBe(true)
})

test('every bound is of a bench', () => {
  expect(BOUNDS.filter(({ bench }) => !Object.hasOwn(BENCHES, bench))).toEqual([])
})

test('the better of two runs counts, and one that was not measured never does', () => {
  const [low, high, none] = [
    judge(bound, groups(1, 1)),
    judge(bound, groups(9, 1)),
    judge(bound, []),
  ]
  expect(better(high, low)).toBe(low)
  expect(better(low, high)).toBe(low)
  expect(better(none, high)).toBe(high)
  expect(better(high, none)).toBe(high)
  expect(better(high, undefined)).toBe(high)
})
