import { decodeUtf8 } from '../encoding/utf8.ts'
import { ConfigError } from '../errors/config-error.ts'
import { decompressAny, isPlainText, markedCompression } from './decompress.ts'
import { decodeGbk } from './encode-gbk.ts'
import type { Compression, Decompress } from './ports.ts'
import type { Charset } from './received.ts'

/** A message that cannot be read, and what to give instead. */
export const unreadable = (what: string): ConfigError =>
  new ConfigError(
    'ERR_CONFIG_INVALID',
    `The message is not a JSON object. ${what}Give the message as it travels: one object, from its first brace to its last.`,
  )

/** Text, and what its bytes were. */
export interface DecodedText {
  readonly text: string
  readonly charset: Charset
}

/** What was compressed, and how. */
export interface Decompressed {
  readonly bytes: Uint8Array
  readonly compression: Compression
}

function decodeUtf16(bytes: Uint8Array, label: 'utf-16le' | 'utf-16be'): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const LOOKS_LIKE_JSON = /^\uFEFF?\s*["'[{]/

/** Decodes bytes that are text. */
function decodeText(bytes: Uint8Array): DecodedText | undefined {
  const [first, second] = bytes
  const utf8 = decodeUtf8(bytes)
  if (utf8 !== undefined && isPlainText(utf8)) return { text: utf8, charset: 'UTF-8' }
  const isBig = first === 0xfe || first === 0
  if (isBig || first === 0xff || second === 0) {
    const text = decodeUtf16(bytes, isBig ? 'utf-16be' : 'utf-16le')
    if (text !== undefined && LOOKS_LIKE_JSON.test(text)) return { text, charset: 'UTF-16' }
  }
  const gbk = utf8 === undefined ? decodeGbk(bytes) : undefined
  return gbk !== undefined && LOOKS_LIKE_JSON.test(gbk) ? { text: gbk, charset: 'GBK' } : undefined
}

const KNOWN_BINARY: readonly (readonly [start: string, what: string])[] = [
  ['PK\x03\x04', 'It is a ZIP archive. '],
  ['BZh', 'It is compressed with bzip2: decompress it first. '],
  ['\xfd7zX', 'It is compressed with xz: decompress it first. '],
  ['\x04"M\x18', 'It is compressed with LZ4: decompress it first. '],
  ['7z\xbc\xaf', 'It is a 7z archive. '],
  ['\x89PNG', 'It is a PNG picture. '],
  ['%PDF', 'It is a PDF document. '],
  ['\xff\xd8\xff', 'It is a JPEG picture. '],
]

const LAST_SHOWN = 4

/**
 * Decodes the bytes of a message, also where they are not UTF-8 but GBK or UTF-16, or takes away one
 * compression.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` for what is not text.
 */
export async function decodeMessage(
  bytes: Uint8Array,
  decompress: Decompress,
): Promise<DecodedText | Decompressed> {
  const start = String.fromCharCode(...bytes.subarray(0, LAST_SHOWN))
  const marked = markedCompression(bytes)
  // The mark of deflate is two characters that text may begin with.
  const plain = marked === undefined || marked === 'deflate' ? decodeText(bytes) : undefined
  if (plain !== undefined && (marked === undefined || LOOKS_LIKE_JSON.test(plain.text))) {
    return plain
  }
  const found = (await decompressAny(bytes, decompress)) ?? plain
  if (found !== undefined) return found
  if (marked === 'gzip' || marked === 'zstd') {
    throw unreadable(
      `It is compressed with ${marked}, and cannot be decompressed here: it is cut off, it is too big, or this runtime lacks ${marked}. Decompress it first. `,
    )
  }
  const known = KNOWN_BINARY.find(([begin]) => start.startsWith(begin))?.[1]
  throw unreadable(
    known ??
      'It is binary: compressed or encrypted in a way that llpay does not know, or not a message. ',
  )
}
