import { checkAlgorithm } from '@llpay/core/adapter'
import type { SignatureAlgorithm, Signer } from '@llpay/core/signing'

import { nodeSigner } from './backend/node-crypto.ts'
import {
  importPrivateKey,
  type PrivateKeyOptions,
  type PrivateKeyInput,
} from './keys/import-key.ts'

/**
 * Makes a signer of an RSA private key. The key is read once, here.
 *
 * @throws {KeyError} `ERR_KEY_INVALID`, `ERR_KEY_WRONG_KIND`, `ERR_KEY_UNSUPPORTED`,
 *   `ERR_KEY_TOO_SMALL`.
 * @throws {ConfigError} `ERR_CONFIG_INVALID` for an algorithm that llpay does not know.
 * @example
 * import { createSigner } from '@llpay/node'
 * const signer = await createSigner(process.env['LLPAY_PRIVATE_KEY'] ?? '', 'MD5withRSA')
 * const signature = await signer.sign(new TextEncoder().encode('sign_type=RSA'))
 * console.log(signature.length)
 */
export async function createSigner(
  key: PrivateKeyInput,
  algorithm: SignatureAlgorithm,
  options?: PrivateKeyOptions,
): Promise<Signer> {
  checkAlgorithm(algorithm)
  return nodeSigner(importPrivateKey(key, options).handle, algorithm)
}
