import { decodeUtf8 } from '../encoding/utf8.ts'
import { KeyError } from '../errors/key-error.ts'
import type { RsaJwk } from './jwk.ts'
import { unwrapText } from './unwrap-text.ts'

function isObject(value: unknown): value is RsaJwk {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Reads a JWK that is written as JSON text; `undefined` where the source is something else.
 *
 * @throws {KeyError} `ERR_KEY_INVALID` for text that begins like JSON and is none.
 */
export function readJwkText(source: string | Uint8Array): RsaJwk | undefined {
  const text = typeof source === 'string' ? source : decodeUtf8(source)
  const plain = text === undefined ? '' : unwrapText(text)
  if (!plain.startsWith('{')) return undefined
  let jwk: unknown
  try {
    jwk = JSON.parse(plain)
  } catch {
    // The parser's own error quotes the text, which is the key.
  }
  if (isObject(jwk)) return jwk
  throw new KeyError(
    'ERR_KEY_INVALID',
    'The key begins like a JWK, but is not JSON. Copy it whole, from the first brace to the last.',
  )
}
