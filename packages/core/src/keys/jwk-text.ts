import { decodeUtf8 } from '../encoding/utf8.ts'
import { KeyError } from '../errors/key-error.ts'
import type { RsaJwk } from './jwk.ts'
import { unwrapText } from './unwrap-text.ts'

function isObject(value: unknown): value is RsaJwk {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own error quotes the text, which is the key.
    return undefined
  }
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
  const jwk = parse(text?.replace('\uFEFF', '') ?? '') ?? parse(plain)
  if (isObject(jwk)) {
    if (jwk.kty !== undefined) return jwk
    throw new KeyError(
      'ERR_KEY_INVALID',
      'The key is JSON, but not a JWK: it has no "kty". Give the key alone.',
    )
  }
  throw new KeyError(
    'ERR_KEY_INVALID',
    'The key begins like a JWK, but is not JSON. Copy it whole, from the first brace to the last.',
  )
}
