import { detectKey, type DetectedKey, type RsaPublicKey } from '@llpay/core/keys'
import { diagnoseKey } from '@llpay/core/keys/diagnose-key'
import { readPrivateKey, readPublicKey } from '@llpay/node'

const PRIVATE: readonly DetectedKey['container'][] = [
  'pkcs1-private',
  'pkcs8',
  'encrypted-pkcs8',
  'encrypted-pkcs1',
  'ec-private',
  'jwk-private',
]

/** Whether a key is a private one. */
export const isPrivate = ({ container }: DetectedKey) => PRIVATE.includes(container)

/**
 * Tells what a key is, and names the cause where it cannot be read.
 *
 * @throws {KeyError}
 */
export function detect(source: string | Uint8Array): DetectedKey {
  try {
    return detectKey(source)
  } catch (error) {
    throw diagnoseKey(source, error)
  }
}

/**
 * Reads the public half of any key: a public one, a certificate, or a private one.
 *
 * @throws {KeyError} for what is no RSA key.
 */
export function readAnyKey(
  source: string | Uint8Array,
  passphrase: string | undefined,
): RsaPublicKey {
  return isPrivate(detect(source))
    ? readPrivateKey(source, { passphrase }).publicKey
    : readPublicKey(source)
}
