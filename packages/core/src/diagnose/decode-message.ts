import { decodeUtf8 } from '../encoding.ts'
import { bilingual } from '../errors/bilingual.ts'
import { ConfigError } from '../errors/config-error.ts'
import type { LocalizedText } from '../text.ts'
import { decodeGbk } from './bytes.ts'
import type { Compression, Decompress } from './ports.ts'
import type { Charset } from './received.ts'

const MOST_BYTES = 8 * 1024 * 1024

/** What DecompressionStream has everywhere. */
const STREAMS: readonly CompressionFormat[] = ['gzip', 'deflate', 'deflate-raw']

/** Decompresses with the runtime's own DecompressionStream: gzip and deflate, up to 8 MiB. */
export const decompressNatively: Decompress = async (format, bytes) => {
  const known = STREAMS.find((each) => each === format)
  if (known === undefined || typeof DecompressionStream === 'undefined') return undefined
  try {
    const stream = new Blob([Uint8Array.from(bytes)]).stream()
    const reader = stream.pipeThrough(new DecompressionStream(known)).getReader()
    const parts: Uint8Array[] = []
    let length = 0
    for (;;) {
      const { done, value } = await reader.read()
      if (done)
        return new Uint8Array(
          await new Blob(parts.map((part) => Uint8Array.from(part))).arrayBuffer(),
        )
      length += value.length
      parts.push(value)
      if (length > MOST_BYTES) {
        await reader.cancel()
        return undefined
      }
    }
  } catch {
    return undefined
  }
}

const beginsWith = (bytes: Uint8Array, ...start: readonly number[]) =>
  start.every((byte, index) => bytes[index] === byte)

/** Whether two bytes are the header of zlib (RFC 1950). */
function isZlib([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x8f) === 0x08 && (first * 256 + second) % 31 === 0
}

/** The compressions that their first bytes name. */
const MARKED: readonly (readonly [Compression, (bytes: Uint8Array) => boolean])[] = [
  ['gzip', (bytes) => beginsWith(bytes, 0x1f, 0x8b)],
  ['zstd', (bytes) => beginsWith(bytes, 0x28, 0xb5, 0x2f, 0xfd)],
  ['deflate', isZlib],
]

/** The compression that the first bytes name. */
const markedCompression = (bytes: Uint8Array): Compression | undefined =>
  MARKED.find(([, isIt]) => isIt(bytes))?.[0]

/** Compressions without a mark: the one that yields text is right. */
const UNMARKED: readonly Compression[] = ['brotli', 'deflate-raw']

const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f]/

/** Whether text has only characters that JSON may hold. */
const isPlainText = (text: string | undefined): boolean => text !== undefined && !CONTROL.test(text)

/** Decompresses bytes, and names the compression. */
async function decompressAny(
  bytes: Uint8Array,
  decompress: Decompress,
): Promise<{ readonly compression: Compression; readonly bytes: Uint8Array } | undefined> {
  const marked = markedCompression(bytes)
  for (const format of marked === undefined ? UNMARKED : [marked]) {
    const inner = await decompress(format, bytes)
    if (inner === undefined || inner.length === 0) continue
    if (marked !== undefined || isPlainText(decodeUtf8(inner)))
      return { compression: format, bytes: inner }
  }
  return undefined
}

/** The error for a message that cannot be read: what was given in its place, where that is known. */
export const unreadable = (what?: LocalizedText): ConfigError =>
  new ConfigError(
    'ERR_CONFIG_INVALID',
    bilingual(
      'message.not-an-object',
      [
        ['The message is not a JSON object.', ...(what === undefined ? [] : [what.en])].join(' '),
        'Give the message as it travels: one object, from its first brace to its last.',
      ],
      [
        `报文不是 JSON 对象。${what?.zh ?? ''}`,
        '原样给出传输的报文：一个对象，从第一个花括号到最后一个。',
      ],
    ),
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

const KNOWN_BINARY: readonly (readonly [start: string, en: string, zh: string])[] = [
  ['PK\x03\x04', 'It is a ZIP archive.', '这是 ZIP 压缩包。'],
  ['BZh', 'It is compressed with bzip2: decompress it first.', '它用 bzip2 压缩：请先解压。'],
  ['\xfd7zX', 'It is compressed with xz: decompress it first.', '它用 xz 压缩：请先解压。'],
  ['\x04"M\x18', 'It is compressed with LZ4: decompress it first.', '它用 LZ4 压缩：请先解压。'],
  ['7z\xbc\xaf', 'It is a 7z archive.', '这是 7z 压缩包。'],
  ['\x89PNG', 'It is a PNG image.', '这是 PNG 图片。'],
  ['%PDF', 'It is a PDF document.', '这是 PDF 文档。'],
  ['\xff\xd8\xff', 'It is a JPEG image.', '这是 JPEG 图片。'],
]

const BINARY: LocalizedText = {
  en: 'It is binary: compressed or encrypted in a way that llpay does not know, or not a message.',
  zh: '它是二进制数据：用 llpay 不认识的方式压缩或加密，或者不是报文。',
}

const LAST_SHOWN = 4

/**
 * Decodes the bytes of a message, in UTF-8, GBK or UTF-16, or removes one layer of compression.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` for anything that is not text.
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
    throw unreadable({
      en: `It is compressed with ${marked} and cannot be decompressed here: it is cut off or too big, or this runtime lacks ${marked}. Decompress it first.`,
      zh: `它用 ${marked} 压缩，在这里无法解压：内容被截断、太大，或运行环境不支持 ${marked}。请先解压。`,
    })
  }
  const [, en, zh] = KNOWN_BINARY.find(([begin]) => start.startsWith(begin)) ?? []
  throw unreadable(en === undefined || zh === undefined ? BINARY : { en, zh })
}
