import { expect, test } from 'vitest'

import { toBytes, toInteger } from './integers.ts'

test.each<[bigint, number[]]>([
  [0n, [0]],
  [1n, [0, 0, 1]],
  [0x0102n, [1, 2]],
  [0xff00ffn, [255, 0, 255]],
])('%s and its bytes', (value, bytes) => {
  expect([...toBytes(value, bytes.length)]).toEqual(bytes)
  expect(toInteger(Uint8Array.from(bytes))).toBe(value)
})

test('no bytes are zero', () => {
  expect(toInteger(new Uint8Array())).toBe(0n)
})
