import { decodeUtf8 } from '../encoding/utf8.ts'
import type { Compression, Decompress } from './ports.ts'

const MOST_BYTES = 8 * 1024 * 1024

/** What DecompressionStream has everywhere. */
const STREAMS: readonly CompressionFormat[] = ['gzip', 'deflate', 'deflate-raw']

/** Decompresses with what the runtime itself has: gzip and deflate, up to 8 MiB. */
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

/** The compressions that say so in their first bytes. */
const MARKED: readonly (readonly [Compression, (bytes: Uint8Array) => boolean])[] = [
  ['gzip', (bytes) => beginsWith(bytes, 0x1f, 0x8b)],
  ['zstd', (bytes) => beginsWith(bytes, 0x28, 0xb5, 0x2f, 0xfd)],
  ['deflate', isZlib],
]

/** The compression that the first bytes name. */
export const markedCompression = (bytes: Uint8Array): Compression | undefined =>
  MARKED.find(([, isIt]) => isIt(bytes))?.[0]

/** Compressions without a mark: one fits where text comes out. */
const UNMARKED: readonly Compression[] = ['brotli', 'deflate-raw']

const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f]/

/** Whether bytes are text that people would send as JSON, as far as their characters tell. */
export const isPlainText = (text: string | undefined): boolean =>
  text !== undefined && !CONTROL.test(text)

/** What bytes hold that are compressed, and how they are. */
export async function decompressAny(
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
