import { checkAlgorithm } from '@llpay/core/adapter'
import type { SignatureAlgorithm, Verifier } from '@llpay/core/signing'

import { nodeVerifier } from './backend/node-crypto.ts'
import { importPublicKey, type PublicKeyInput } from './keys/import-key.ts'

/**
 * Makes a verifier of an RSA public key. The key is read once, here.
 *
 * @throws {KeyError} `ERR_KEY_INVALID`, `ERR_KEY_WRONG_KIND`, `ERR_KEY_UNSUPPORTED`,
 *   `ERR_KEY_TOO_SMALL`.
 * @throws {ConfigError} `ERR_CONFIG_INVALID` for an algorithm that llpay does not know.
 * @example
 * import { createVerifier } from '@llpay/node'
 * const verifier = await createVerifier(process.env['LLPAY_GATEWAY_KEY'] ?? '', 'MD5withRSA')
 * console.log(await verifier.verify(new Uint8Array(), new Uint8Array(128)))
 */
export async function createVerifier(
  key: PublicKeyInput,
  algorithm: SignatureAlgorithm,
): Promise<Verifier> {
  checkAlgorithm(algorithm)
  const { numbers, handle } = importPublicKey(key)
  return nodeVerifier(handle, numbers.bits, algorithm)
}
