import { fuzzRuns } from '@internal/testkit/random'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import {
  readElements,
  readSequence,
  readUnsigned,
  TAG,
  writeElement,
  writeUnsigned,
} from './der.ts'

const damaged = expect.objectContaining({ name: 'KeyError', code: 'ERR_KEY_INVALID' })
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

test.each([
  ['a length that is missing', '30'],
  ['an indefinite length', '30 80 00 00'],
  ['a length of four bytes', '30 84 00 00 00 00'],
  ['a reserved length', '30 ff'],
  ['a long form for less than 128', '30 81 02 02 00'],
  ['a length with a leading zero', `30 82 00 80 ${'05 00'.repeat(64)}`],
  ['a length with bytes missing', '30 82 01'],
  ['an element that reaches past the end', '30 03 02 01'],
  ['an inner element that reaches past the end', '30 03 02 02 01'],
  ['bytes behind', '30 03 02 01 01 00'],
  ['a NULL behind', '30 03 02 01 01 05 00'],
  ['two sequences', '30 00 30 00'],
  ['no sequence', '02 01 01'],
  ['nothing', ''],
  ['a SET', '31 03 02 01 01'],
])('refuses %s', (_, hex) => {
  expect(() => readSequence(bytes(hex))).toThrow(damaged)
})

test.each([
  ['a negative number', '02 01 80'],
  ['an empty number', '02 00'],
  ['a leading zero too much', '02 02 00 7f'],
  ['two leading zeros', '02 03 00 00 80'],
  ['another type', '04 01 01'],
])('reads no number from %s', (_, hex) => {
  const [element] = readElements(bytes(hex))
  expect(() => readUnsigned(element)).toThrow(damaged)
})

test('a number that is missing is damage', () => {
  expect(() => readUnsigned(undefined)).toThrow(damaged)
})

test.each([
  ['02 01 00', '00'],
  ['02 01 7f', '7f'],
  ['02 02 00 80', '80'],
  ['02 03 01 00 01', '010001'],
])('reads the number %s', (hex, expected) => {
  const [element] = readElements(bytes(hex))
  expect(Buffer.from(readUnsigned(element)).toString('hex')).toBe(expected)
})

test('reads back what it wrote, at lengths of one to three bytes', () => {
  fc.assert(
    fc.property(fc.nat(70_000), (length) => {
      const element = writeElement(TAG.octetString, new Uint8Array(length))
      const [read, ...rest] = readElements(element)
      expect(rest).toEqual([])
      expect(read?.content.length).toBe(length)
    }),
  )
})

test('reads back every number it wrote', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), (number) => {
      const [element] = readElements(writeUnsigned(number))
      const hex = Buffer.from(number)
        .toString('hex')
        .replace(/^(00)+(?=..)/, '')
      expect(Buffer.from(readUnsigned(element)).toString('hex')).toBe(hex)
    }),
  )
})

function outcomeOf(source: Uint8Array): string {
  try {
    return `${readSequence(source).length} elements`
  } catch (error) {
    return isLLPayError(error) ? error.code : 'another error'
  }
}

test('whatever the bytes, it reads them or refuses with a code', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (random) => {
      const source = Uint8Array.of(0x30, random.length, ...random)
      expect(outcomeOf(source)).toMatch(/^\d+ elements$|^ERR_KEY_INVALID$/)
    }),
    fuzzRuns(2000),
  )
})
