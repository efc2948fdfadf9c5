import { ConfigError, isLLPayError } from '@llpay/core'
import { decodeUtf8, readJsonObject, type JsonObject, type JsonValue } from '@llpay/core/adapter'

/** A member of a message, as somebody might sign it. */
export interface Piece {
  readonly name: string
  /** The text of a string, number or boolean; `null` for null; the compact JSON of anything else. */
  readonly text: string | null
  readonly kind: JsonValue['kind']
}

/** What the bytes of a message may be encoded in. */
type Charset = 'UTF-8' | 'GBK' | 'UTF-16'

/** A message that was read from bytes. */
export interface ReadMessage {
  readonly message: JsonObject
  readonly pieces: readonly Piece[]
  /** The text as it was, without a byte order mark. */
  readonly text: string
  /** What the bytes are encoded in. */
  readonly charset: Charset
  readonly bytes: number
}

function textOf(value: JsonValue, plain: unknown): string | null {
  switch (value.kind) {
    case 'string':
      return value.value
    case 'number':
      return value.source
    case 'boolean':
      return String(value.value)
    case 'null':
      return null
    case 'array':
    case 'object':
      return JSON.stringify(plain)
  }
}

/** How bytes are decoded that are not UTF-8. */
const DECODERS: readonly (readonly [Charset, label: string, (bytes: Uint8Array) => boolean])[] = [
  ['UTF-16', 'utf-16le', (bytes) => bytes[0] === 0xff || bytes[1] === 0],
  ['UTF-16', 'utf-16be', (bytes) => bytes[0] === 0xfe || bytes[0] === 0],
  ['GBK', 'gbk', () => true],
]

function decode(bytes: Uint8Array): readonly [text: string, charset: Charset] {
  const [first, second] = bytes
  const utf8 = first === 0 || second === 0 ? undefined : decodeUtf8(bytes)
  if (utf8 !== undefined) return [utf8, 'UTF-8']
  const [charset, label] = DECODERS.find(([, , isIt]) => isIt(bytes)) ?? ['GBK', 'gbk']
  try {
    return [new TextDecoder(label, { fatal: true }).decode(bytes), charset]
  } catch {
    return ['', charset]
  }
}

/** What people give in place of a message. */
const NO_MESSAGE: readonly (readonly [RegExp, string])[] = [
  [/^\s*$/, 'It is empty.'],
  [/^\s*"/, 'It is JSON text that was written as JSON once more: take the outer quotes off.'],
  [/^\s*</, 'It is HTML or XML: a server between here and LianLian answered, not its gateway.'],
  [/^(?:HTTP\/|POST )/, 'It has the headers of HTTP before it: give the body alone.'],
  [/^\s*\[/, 'It is a list: give the one object.'],
  [/^\s*\w+=/, 'It is a form, or a text that was signed already: LianLian takes JSON.'],
  [/^\s*\{\s*'/, 'It is not JSON, which has double quotes alone.'],
]

function readObject(text: string): JsonObject {
  try {
    return readJsonObject(text)
  } catch (error) {
    if (isLLPayError(error) && error.code !== 'ERR_REPLY_NOT_JSON') throw error
    const what = NO_MESSAGE.find(([pattern]) => pattern.test(text))?.[1]
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      `The message is no JSON object. ${what === undefined ? '' : `${what} `}Give the message as it travels: one object, from its first brace to its last.`,
    )
  }
}

/**
 * Reads a message from its bytes, also where these are not UTF-8 but GBK or UTF-16.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` for what is no JSON object.
 * @throws {ProtocolError} `ERR_REPLY_DUPLICATE_MEMBER` and what else the strict reader refuses.
 */
export function readMessage(bytes: Uint8Array): ReadMessage {
  const [decoded, charset] = decode(bytes)
  const text = decoded.replace(/^\uFEFF/, '')
  const message = readObject(text)
  const plain: Readonly<Record<string, unknown>> = JSON.parse(text)
  const pieces = Array.from(message.members, ([name, value]): Piece => {
    return { name, text: textOf(value, plain[name]), kind: value.kind }
  })
  return { message, pieces, text, charset, bytes: bytes.length }
}
