import { decodeUtf8 } from '../encoding.ts'
import { type Container, openContainer } from './containers.ts'
import { readJwkText } from './jwk.ts'
import { requireKey } from './parse-key.ts'
import { type KeyUse, readKeyBytes } from './pem.ts'

/** What a key turned out to be. */
export interface DetectedKey {
  readonly container: Container | 'encrypted-pkcs1' | 'jwk-private' | 'jwk-public'
  /** Its bytes, without PEM and base64; empty for a JWK and for a PKCS#1 key that is encrypted. */
  readonly der: Uint8Array
}

/** PEM with the encryption that predates PKCS#8. */
const LEGACY = /Proc-Type:\s*4,ENCRYPTED/

const isLegacy = (source: string | Uint8Array) =>
  LEGACY.test(typeof source === 'string' ? source : (decodeUtf8(source) ?? ''))

/**
 * Identifies a key by its content, in any of the forms that `parsePrivateKey` and `parsePublicKey`
 * read, and some that they refuse: certificates, encrypted keys, keys for elliptic curves.
 *
 * If a text has several PEM blocks, it takes the one for `use` (default: a private key first).
 *
 * @throws {KeyError} `ERR_KEY_INVALID` if the source is neither PEM, base64, DER nor a JWK.
 * @example
 * import { detectKey } from '@llpay/core/keys'
 * console.log(detectKey(process.env['LLPAY_GATEWAY_KEY'] ?? '').container) // spki
 */
export function detectKey(source: string | Uint8Array, use?: KeyUse): DetectedKey {
  requireKey(source)
  const jwk = readJwkText(source)
  if (jwk !== undefined) {
    return { container: jwk.d === undefined ? 'jwk-public' : 'jwk-private', der: new Uint8Array() }
  }
  if (use !== 'public' && isLegacy(source))
    return { container: 'encrypted-pkcs1', der: new Uint8Array() }
  const der = readKeyBytes(source, use)
  return { container: openContainer(der).container, der }
}
