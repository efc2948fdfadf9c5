import { fuzzRuns } from '@internal/vectors'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { decodeBase64, encodeBase64 } from './base64.ts'

const ALPHABET = 'ABCYZabcyz0189+/=-_ \n\r\t.'

test('encodes as Buffer does', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
    }),
  )
})

test('decodes what it encoded', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes)
    }),
  )
})

test('accepts a text exactly when Buffer would write it so', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from(ALPHABET)), maxLength: 9 }),
      (text) => {
        const bytes = Buffer.from(text, 'base64')
        const isCanonical = bytes.toString('base64') === text
        expect(decodeBase64(text)).toEqual(isCanonical ? new Uint8Array(bytes) : undefined)
      },
    ),
    fuzzRuns(5000),
  )
})

test.each([
  ['unused bits that are not zero', 'AB=='],
  ['unused bits with one pad', 'AAB='],
  ['no padding', 'AA'],
  ['too much padding', 'AA==='],
  ['padding in the middle', 'AA==AAAA'],
  ['the alphabet for URLs', '-_-_'],
  ['a blank inside', 'AA AA==='],
  ['a line break inside', 'AAAA\nAAA'],
  ['one character', 'A'],
  ['only padding', '===='],
  ['wide characters', 'ＡＡＡＡ'],
])('refuses %s', (_, text) => {
  expect(decodeBase64(text)).toBeUndefined()
})
