import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'

import { expect, test } from 'vitest'

import { decodeBody } from './decode-body.ts'

const text = Buffer.from('{"ret_code":"0000","ret_msg":"交易成功"}'.repeat(20))
const LIMIT = 1_048_576

/** The code of the error, or the length of what was decoded: too much to print where it is wrong. */
const codeOf = (body: Promise<Uint8Array>): Promise<unknown> =>
  body.then(
    ({ length }) => length,
    (error: object) => Reflect.get(error, 'code'),
  )

test.each([
  ['gzip', 'gzip', gzipSync(text)],
  ['gzip in capitals', ' GZIP ', gzipSync(text)],
  ['x-gzip', 'x-gzip', gzipSync(text)],
  ['deflate', 'deflate', deflateSync(text)],
  ['raw deflate', 'deflate', deflateRawSync(text)],
  ['brotli', 'br', brotliCompressSync(text)],
  ['two codings', 'gzip, br', brotliCompressSync(gzipSync(text))],
  ['gzip and identity', 'identity, gzip', gzipSync(text)],
  [
    'gzip in two members',
    'gzip',
    Buffer.concat([gzipSync(text.subarray(0, 9)), gzipSync(text.subarray(9))]),
  ],
  ['nothing', '', text],
  ['identity', 'identity', text],
  ['a charset', 'UTF-8', text],
  ['a name that objects inherit', 'constructor', text],
])('decodes %s', async (_, coding, bytes) => {
  expect(Buffer.from(await decodeBody(bytes, coding)).equals(text)).toBe(true)
})

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
])('decodes up to 1 MiB of %s, and not a byte more', async (coding, compress) => {
  expect(await codeOf(decodeBody(compress(Buffer.alloc(LIMIT)), coding))).toBe(LIMIT)
  const tooLong = decodeBody(compress(Buffer.alloc(LIMIT + 1)), coding)
  expect(await codeOf(tooLong)).toBe('ERR_REPLY_TOO_LARGE')
})

test('a bomb within a bomb is refused', async () => {
  const bomb = gzipSync(gzipSync(Buffer.alloc(64 * LIMIT)))
  expect(bomb.length).toBeLessThan(2000)
  expect(await codeOf(decodeBody(bomb, 'gzip, gzip'))).toBe('ERR_REPLY_TOO_LARGE')
  expect(await codeOf(decodeBody(bomb, 'gzip, gzip, gzip, gzip'))).toBe('ERR_REPLY_TOO_LARGE')
})

const withoutChecksum = (bytes: Buffer) => bytes.fill(0, bytes.length - 8, bytes.length - 4)

test.each([
  ['gzip that is cut', 'gzip', gzipSync(text).subarray(0, -4)],
  ['gzip cut after its head', 'gzip', gzipSync(text).subarray(0, 12)],
  ['gzip with a wrong checksum', 'gzip', withoutChecksum(gzipSync(text))],
  ['no gzip', 'gzip', text],
  ['no bytes', 'gzip', Buffer.alloc(0)],
  ['deflate that is cut', 'deflate', deflateSync(text).subarray(0, -5)],
  ['raw deflate that is cut', 'deflate', deflateRawSync(text).subarray(0, -5)],
  ['brotli that is cut', 'br', brotliCompressSync(text).subarray(0, -5)],
  ['brotli that is none', 'br', text],
])('%s is refused', async (_, coding, bytes) => {
  await expect(decodeBody(bytes, coding)).rejects.toMatchObject({
    name: 'TransportError',
    code: 'ERR_TRANSPORT_CLOSED',
    delivered: 'unknown',
  })
})
