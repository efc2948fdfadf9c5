import { expect, test } from 'vitest'

import { median } from './median.ts'
import { ratioToLimit, type Row } from './result.ts'

test.each([
  [[], 0],
  [[3], 3],
  [[10, 9, 1], 9],
  [[4, 100, 2, 3], 4],
])('of %j is %i', (numbers, middle) => {
  expect(median(numbers)).toBe(middle)
})

const group = (...rows: Row[]) => ({ title: '', unit: '', rows })

test('a ratio needs both', () => {
  const ours = { name: 'a', role: 'ours', value: 3 } as const
  const limit = { name: 'b', role: 'limit', value: 2 } as const
  expect(ratioToLimit(group(ours, limit))).toBe(1.5)
  expect(ratioToLimit(group(limit))).toBeUndefined()
  expect(ratioToLimit(group(ours, { ...limit, value: 0 }))).toBeUndefined()
})
