import { fuzzRuns } from '@internal/testkit/random'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { compareByteOrder } from './canonical-string.ts'

const anyCharacter = fc
  .integer({ min: 0, max: 0x10f7ff })
  .map((number) => String.fromCodePoint(number < 0xd800 ? number : number + 0x800))

const byBytes = (left: string, right: string) =>
  Buffer.compare(Buffer.from(left), Buffer.from(right))

const character = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'A',
    '_',
    '0',
    '\uFF01',
    '\uFFFD',
    '\uD7FF',
    '\uE000',
    '😀',
    '\u{10000}',
    '\u{10FFFF}',
  ),
  anyCharacter,
)
const name = fc.string({ unit: character, maxLength: 4 })

test('orders as the bytes of UTF-8 do', () => {
  fc.assert(
    fc.property(name, name, (left, right) => {
      expect(Math.sign(compareByteOrder(left, right))).toBe(byBytes(left, right))
    }),
    fuzzRuns(5000),
  )
})

test('a character beyond U+FFFF comes after U+FFFD, unlike in UTF-16', () => {
  expect(compareByteOrder('\u{10000}', '\uFFFD')).toBeGreaterThan(0)
  expect(['\uFFFD', '\u{10000}'].toSorted()).toEqual(['\u{10000}', '\uFFFD'])
})
