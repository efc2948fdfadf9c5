import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { bitLength, bytesToBigInt } from './integer.ts'

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
