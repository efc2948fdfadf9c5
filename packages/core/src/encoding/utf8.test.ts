import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { decodeUtf8, encodeUtf8 } from './utf8.ts'
import { isWellFormed } from './well-formed.ts'

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
