import { fuzzRuns } from '@internal/testkit/random'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import {
  bitLength,
  bytesToBigInt,
  decodeBase64,
  decodeUtf8,
  encodeBase64,
  encodeUtf8,
  isWellFormed,
} from './encoding.ts'

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

const anyCharacter = fc
  .integer({ min: 0, max: 0x10f7ff })
  .map((number) => String.fromCodePoint(number < 0xd800 ? number : number + 0x800))

const anyUnits = fc.string({
  unit: fc.integer({ min: 0xd700, max: 0xe0ff }).map((unit) => String.fromCharCode(unit)),
})

test('encodes as Buffer does', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) => {
      expect(Buffer.from(encodeUtf8(text)).equals(Buffer.from(text))).toBe(true)
    }),
  )
})

test('keeps a byte order mark', () => {
  expect(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\uFEFFa')
})

test.each([
  ['an overlong slash', [0xc0, 0xaf]],
  ['an encoded surrogate', [0xed, 0xa0, 0x80]],
  ['a character cut off', [0xe4, 0xba]],
  ['a stray continuation', [0x80]],
  ['a character beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
  ['GBK', [0xbd, 0xbb, 0xd2, 0xd7]],
])('refuses %s', (_, bytes) => {
  expect(decodeUtf8(Uint8Array.from(bytes))).toBeUndefined()
})

test('finds lone surrogates as the engine does', () => {
  fc.assert(
    fc.property(anyUnits, (text) => {
      expect(isWellFormed(text)).toBe(Buffer.from(text).toString() === text)
    }),
  )
})

test('reads bytes as the number that Buffer writes in hexadecimal', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
      const hex = Buffer.from(bytes).toString('hex')
      expect(bytesToBigInt(bytes)).toBe(BigInt(`0x${hex}`))
    }),
  )
})

test.each([
  [0n, 0],
  [1n, 1],
  [255n, 8],
  [256n, 9],
  [2n ** 1023n, 1024],
])('%d has %i bits', (value, bits) => {
  expect(bitLength(value)).toBe(bits)
})

test('no bytes are zero', () => {
  expect(bytesToBigInt(new Uint8Array())).toBe(0n)
})
