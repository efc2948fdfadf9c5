const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/** As many arguments as every engine takes. */
const MAX_ARGUMENTS = 8_192

/** Encodes bytes as standard base64 with padding and without line breaks. */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += MAX_ARGUMENTS) {
    const part = bytes.subarray(at, at + MAX_ARGUMENTS)
    // Spreading would step through an iterator.
    binary += Reflect.apply(String.fromCharCode, undefined, part)
  }
  return btoa(binary)
}

/**
 * Decodes canonical base64: standard alphabet, padded, unused bits zero, no white space. `undefined` for
 * anything else, so that a signature has one spelling.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !BASE64.test(text)) return undefined
  const binary = atob(text)
  if (btoa(binary) !== text) return undefined
  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = binary.charCodeAt(index)
  return bytes
}

/**
 * Decodes base64 the way people store keys: with white space, the URL-safe alphabet, missing or extra
 * padding. `undefined` for anything else.
 */
export function decodeLoose(text: string): Uint8Array | undefined {
  const digits = text
    .replaceAll(/\s|=+\s*$/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
  return decodeBase64(digits.padEnd(Math.ceil(digits.length / 4) * 4, '='))
}

/** Encodes text as UTF-8. */
export function encodeUtf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** Decodes UTF-8 and keeps a byte order mark; `undefined` if the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

// A range: \p{...} would cost the command line a millisecond to compile.
const LONE_SURROGATE = /[\ud800-\udfff]/u

/** Whether text has no lone surrogates, so that UTF-8 can encode it unchanged. */
export function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text)
}

const WORD_BYTES = 8

/** Reads big-endian bytes as a non-negative number. */
export function bytesToBigInt(bytes: Uint8Array): bigint {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const head = bytes.length % WORD_BYTES
  let value = 0n
  for (let at = 0; at < head; at += 1) value = (value << 8n) | BigInt(words.getUint8(at))
  for (let at = head; at < bytes.length; at += WORD_BYTES) {
    value = (value << 64n) | words.getBigUint64(at)
  }
  return value
}

/** The bit length of a non-negative number. */
export function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length
}
