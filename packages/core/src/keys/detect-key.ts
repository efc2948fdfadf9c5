import { openContainer, type Container } from './container.ts'
import { readJwkText } from './jwk-text.ts'
import { readKeyBytes } from './read-key-bytes.ts'
import { requireKey } from './require-key.ts'

/** What a key turned out to be. */
export interface DetectedKey {
  readonly container: Container | 'jwk-private' | 'jwk-public'
  /** Its bytes, without PEM and base64; empty for a JWK. */
  readonly der: Uint8Array
}

/**
 * Tells what a key is by its content, in any of the forms that `parsePrivateKey` and `parsePublicKey`
 * read, and some that they refuse: certificates, encrypted keys, keys for elliptic curves.
 *
 * @throws {KeyError} `ERR_KEY_INVALID` for what is neither PEM, base64, DER nor a JWK;
 *   `ERR_KEY_UNSUPPORTED` for PEM that was encrypted in the old way (`Proc-Type`).
 * @example
 * import { detectKey } from '@llpay/core/keys'
 * console.log(detectKey(process.env['LLPAY_GATEWAY_KEY'] ?? '').container) // spki
 */
export function detectKey(source: string | Uint8Array): DetectedKey {
  requireKey(source)
  const jwk = readJwkText(source)
  if (jwk !== undefined) {
    return { container: jwk.d === undefined ? 'jwk-public' : 'jwk-private', der: new Uint8Array() }
  }
  const der = readKeyBytes(source)
  return { container: openContainer(der).container, der }
}
