import { ConfigError, isLLPayError } from '@llpay/core'
import { decodeUtf8, readJsonObject, type JsonObject, type JsonValue } from '@llpay/core/adapter'

/** A member of a message, as somebody might sign it. */
export interface Piece {
  readonly name: string
  /** The text of a string, number or boolean; `null` for null; the compact JSON of anything else. */
  readonly text: string | null
  readonly kind: JsonValue['kind']
}

/** A message that was read from bytes. */
export interface ReadMessage {
  readonly message: JsonObject
  readonly pieces: readonly Piece[]
  /** The text as it was, without a byte order mark. */
  readonly text: string
  /** What the bytes are encoded in. */
  readonly charset: 'UTF-8' | 'GBK'
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

function decodeGbk(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('gbk', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function readObject(text: string): JsonObject {
  try {
    return readJsonObject(text)
  } catch (error) {
    if (isLLPayError(error) && error.code !== 'ERR_REPLY_NOT_JSON') throw error
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      'The message is no JSON object. Give the message as it travels: one object, from its first brace to its last.',
    )
  }
}

/**
 * Reads a message from its bytes, also where these are not UTF-8 but GBK, as old clients send them.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` for what is no JSON object.
 * @throws {ProtocolError} `ERR_REPLY_DUPLICATE_MEMBER` and what else the strict reader refuses.
 */
export function readMessage(bytes: Uint8Array): ReadMessage {
  const utf8 = decodeUtf8(bytes)
  const decoded = utf8 ?? decodeGbk(bytes) ?? ''
  const text = decoded.replace(/^\uFEFF/, '')
  const message = readObject(text)
  const plain: Readonly<Record<string, unknown>> = JSON.parse(text)
  const pieces = Array.from(message.members, ([name, value]): Piece => {
    return { name, text: textOf(value, plain[name]), kind: value.kind }
  })
  const charset = utf8 === undefined ? 'GBK' : 'UTF-8'
  return { message, pieces, text, charset, bytes: bytes.length }
}
