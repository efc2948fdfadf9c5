import { loadSigningVectors } from '@internal/vectors'
import { expect, test } from 'vitest'

import { explain } from './explain.ts'

test('names what is signed, in order, and why the rest is not', () => {
  const members = { user_id: 'u', sign: 'x', b: null, c: undefined, d: '', A: '1' }
  expect(explain(members)).toEqual({
    canonical: 'A=1&user_id=u',
    signed: ['A', 'user_id'],
    dropped: [
      { name: 'sign', reason: 'sign' },
      { name: 'b', reason: 'null' },
      { name: 'c', reason: 'null' },
      { name: 'd', reason: 'empty' },
    ],
  })
})

test.each(loadSigningVectors().cases)('accounts for each member of vector $id', (vector) => {
  const { canonical, signed, dropped } = explain(vector.params)
  const joined = signed.map((name) => `${name}=${vector.params[name]}`).join('&')
  expect(canonical).toBe(vector.canonical)
  expect(joined).toBe(vector.canonical)
  expect(signed.length + dropped.length).toBe(Object.keys(vector.params).length)
})

test('refuses what canonicalString refuses', () => {
  expect(() => explain({ a: '\ud83d' })).toThrow(
    expect.objectContaining({ code: 'ERR_PARAMETER_INVALID' }),
  )
})
