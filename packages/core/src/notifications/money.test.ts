import { expect, test } from 'vitest'

import { compareMoney } from './money.ts'

test.each([
  ['49.9', '49.90', 0],
  ['0.01', '0.01', 0],
  ['100', '100.00000000', 0],
  ['0100', '100', 0],
  ['0.1', '0.10000001', -1],
  ['9.99', '10', -1],
  ['999999999999.99999999', '999999999999.99999998', 1],
  ['0.3', '0.30000000', 0],
  ['2', '10', -1],
] as const)('%s and %s compare as %d', (a, b, expected) => {
  expect(compareMoney(a, b)).toBe(expected)
  expect(compareMoney(b, a) + expected).toBe(0)
})

const typed = (value: unknown): string => JSON.parse('0', () => value)

test.each([
  '',
  ' 1',
  '1 ',
  '1\n',
  '+1',
  '-1',
  '.5',
  '1.',
  '1,000',
  '1e2',
  '0x1',
  '1.123456789',
  '1234567890123',
  'NaN',
  '１',
  '٣',
  1,
  null,
  undefined,
  ['1'],
])('%j is not an amount', (value) => {
  const error = { code: 'ERR_PARAMETER_INVALID', reason: 'money.form' }
  expect(() => compareMoney(typed(value), '1')).toThrow(
    expect.objectContaining({ ...error, issues: [{ path: 'a', rule: 'money' }] }),
  )
  expect(() => compareMoney('1', typed(value))).toThrow(
    expect.objectContaining({ ...error, issues: [{ path: 'b', rule: 'money' }] }),
  )
})
