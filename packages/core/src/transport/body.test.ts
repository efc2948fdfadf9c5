import { expect, test } from 'vitest'

import { collectBody, MAX_REPLY_BYTES } from './body.ts'

async function* chunks(...sizes: number[]): AsyncGenerator<Uint8Array> {
  for (const [index, size] of sizes.entries()) yield new Uint8Array(size).fill(index + 1)
}

test('joins chunks in order', async () => {
  await expect(collectBody(chunks(1, 0, 2))).resolves.toEqual(Uint8Array.of(1, 3, 3))
})

test('the limit is 1 MiB', async () => {
  expect(MAX_REPLY_BYTES).toBe(1024 * 1024)
  const body = await collectBody(chunks(MAX_REPLY_BYTES - 1, 1))
  expect(body).toHaveLength(MAX_REPLY_BYTES)
})

test('one byte more is refused, and the rest is not asked for', async () => {
  let asked = 0
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      asked += 1
      yield new Uint8Array(MAX_REPLY_BYTES / 2 + 1)
    }
  }
  await expect(collectBody(endless())).rejects.toMatchObject({
    name: 'ProtocolError',
    code: 'ERR_REPLY_TOO_LARGE',
    delivered: 'unknown',
  })
  expect(asked).toBe(2)
})
