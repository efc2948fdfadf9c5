import { expect, test } from 'vitest'

import { MAX_REPLY_BYTES, readStream } from './body.ts'

const stream = (...sizes: number[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const [index, size] of sizes.entries()) {
        controller.enqueue(new Uint8Array(size).fill(index + 1))
      }
      controller.close()
    },
  })

test('joins chunks in order', async () => {
  await expect(readStream(stream(1, 0, 2))).resolves.toEqual(Uint8Array.of(1, 3, 3))
})

test('the limit is 1 MiB', async () => {
  expect(MAX_REPLY_BYTES).toBe(1024 * 1024)
  expect(await readStream(stream(MAX_REPLY_BYTES - 1, 1))).toHaveLength(MAX_REPLY_BYTES)
})

test('one byte more is refused, and the rest is cancelled, not read', async () => {
  let asked = 0
  let cancelled = 0
  const endless = {
    getReader: () => ({
      async read() {
        asked += 1
        return { done: false, value: new Uint8Array(MAX_REPLY_BYTES / 2 + 1) }
      },
      async cancel() {
        cancelled += 1
      },
    }),
  }
  await expect(readStream(endless)).rejects.toMatchObject({
    name: 'ProtocolError',
    code: 'ERR_REPLY_TOO_LARGE',
    delivered: 'unknown',
  })
  expect([asked, cancelled]).toEqual([2, 1])
})

test('a cancellation that never ends does not hold up the refusal', async () => {
  const endless = {
    getReader: () => ({
      read: async () => ({ done: false, value: new Uint8Array(2) }),
      cancel: () => new Promise<void>(() => {}),
    }),
  }
  const limit = { maxBytes: 1, tooLarge: () => new Error('too large') }
  await expect(readStream(endless, limit)).rejects.toThrow('too large')
})
