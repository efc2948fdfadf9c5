import { expect, test } from 'vitest'

import { compareMembers } from './compare-texts.ts'
import { leftOut, splitCanonical } from './signed-members.ts'

test('a value that holds & and = stays whole', () => {
  const members = { a: '1&b=2', b: '3', sign: 'x' }
  expect(splitCanonical('a=1&b=2&b=3', members)).toEqual([
    { name: 'a', value: '1&b=2' },
    { name: 'b', value: '3' },
  ])
})

test('a text that was made otherwise is split where a member begins', () => {
  expect(splitCanonical('a=1&c=2 3&', { a: '9' })).toEqual([
    { name: 'a', value: '1' },
    { name: 'c', value: '2 3&' },
  ])
})

test('says which members are not signed', () => {
  expect(leftOut({ a: '1', sign: 's', platform: '' })).toEqual([
    { name: 'sign', why: 'signature' },
    { name: 'platform', why: 'empty' },
  ])
})

test('lays two signed texts side by side', () => {
  const expected = [
    { name: 'a', value: '1' },
    { name: 'b', value: '2' },
  ]
  const signed = [
    { name: 'a', value: '1' },
    { name: 'c', value: '3' },
  ]
  expect(compareMembers(expected, signed)).toEqual([
    { name: 'b', expected: '2', signed: undefined, isSame: false },
    { name: 'c', expected: undefined, signed: '3', isSame: false },
    { name: 'a', expected: '1', signed: '1', isSame: true },
  ])
})
