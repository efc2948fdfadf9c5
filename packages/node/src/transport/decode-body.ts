import { promisify } from 'node:util'

import { TransportError } from '@llpay/core'
import { MAX_REPLY_BYTES, replyTooLarge, summarizeCause } from '@llpay/core/adapter'

const limit = { maxOutputLength: MAX_REPLY_BYTES }
const MAX_CODINGS = 3

type Zlib = typeof import('node:zlib')
type ZlibDecoder = (
  bytes: Uint8Array,
  options: { maxOutputLength: number },
  done: (error: Error | null, decoded: Uint8Array) => void,
) => void

/** Some servers send raw deflate data where the standard asks for the zlib format. */
function isZlibFormat([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0
}

/** How each content coding is decoded. */
const DECODERS: ReadonlyMap<string, (zlib: Zlib, bytes: Uint8Array) => ZlibDecoder> = new Map([
  ['gzip', ({ gunzip }: Zlib) => gunzip],
  ['x-gzip', ({ gunzip }: Zlib) => gunzip],
  [
    'deflate',
    ({ inflate, inflateRaw }: Zlib, bytes: Uint8Array) =>
      isZlibFormat(bytes) ? inflate : inflateRaw,
  ],
  ['br', ({ brotliDecompress }: Zlib) => brotliDecompress],
])

function translate(error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ERR_BUFFER_TOO_LARGE') return replyTooLarge()
  return new TransportError(
    'ERR_TRANSPORT_CLOSED',
    {
      reason: 'transport.compression',
      message: 'The compressed body of the response is damaged or incomplete.',
      zh: { message: '响应的压缩内容已损坏或不完整。' },
    },
    { delivered: 'unknown', cause: summarizeCause(error) },
  )
}

/**
 * Decodes the content codings of a body. A name that is not a coding (LianLian's own clients send
 * `Content-Encoding: UTF-8`) leaves the bytes as they are.
 *
 * @throws {ProtocolError} `ERR_REPLY_TOO_LARGE` beyond the limit for decompressed bytes.
 * @throws {TransportError} `ERR_TRANSPORT_CLOSED` for damaged or incomplete data.
 */
export async function decodeBody(bytes: Uint8Array, contentEncoding: string): Promise<Uint8Array> {
  const decoders = contentEncoding
    .split(',')
    .flatMap((coding) => DECODERS.get(coding.trim().toLowerCase()) ?? [])
  if (decoders.length > MAX_CODINGS) throw replyTooLarge()
  if (decoders.length === 0) return bytes
  // Built in, and read only when a reply is compressed: an import could fail after the request was sent.
  const zlib = process.getBuiltinModule('node:zlib')
  let decoded = bytes
  try {
    for (const choose of decoders.toReversed()) {
      decoded = await promisify(choose(zlib, decoded))(decoded, limit)
    }
  } catch (error) {
    throw translate(error)
  }
  return decoded
}
