import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib'

import { TransportError } from '@llpay/core'
import { MAX_REPLY_BYTES, replyTooLarge, summarizeCause } from '@llpay/core/adapter'

const limit = { maxOutputLength: MAX_REPLY_BYTES }
const MAX_CODINGS = 3

type Decoder = (bytes: Uint8Array) => Promise<Uint8Array>

/** Some servers send raw deflate data where the standard asks for the zlib format. */
async function inflateEither(bytes: Uint8Array): Promise<Uint8Array> {
  const isZlib =
    ((bytes[0] ?? 0) & 0x0f) === 8 && (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) % 31 === 0
  return promisify<Uint8Array, object, Uint8Array>(isZlib ? inflate : inflateRaw)(bytes, limit)
}

const gunzipBytes: Decoder = (bytes) =>
  promisify<Uint8Array, object, Uint8Array>(gunzip)(bytes, limit)

const DECODERS: ReadonlyMap<string, Decoder> = new Map([
  ['gzip', gunzipBytes],
  ['x-gzip', gunzipBytes],
  ['deflate', inflateEither],
  ['br', (bytes) => promisify<Uint8Array, object, Uint8Array>(brotliDecompress)(bytes, limit)],
])

function translate(error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ERR_BUFFER_TOO_LARGE') return replyTooLarge()
  return new TransportError(
    'ERR_TRANSPORT_CLOSED',
    'The compressed body of the answer is damaged or incomplete.',
    { delivered: 'unknown', cause: summarizeCause(error) },
  )
}

/**
 * Undoes the content codings of a body. A coding that is none (LianLian's own clients send
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
  let decoded = bytes
  try {
    for (const decode of decoders.toReversed()) decoded = await decode(decoded)
  } catch (error) {
    throw translate(error)
  }
  return decoded
}
