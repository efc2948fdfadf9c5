import { checkAlgorithm, encodeUtf8, loadPart } from '@llpay/core/adapter'
import type { SignatureAlgorithm, Signer } from '@llpay/core/signing'

import {
  type BackendOptions,
  PROBE_MESSAGE,
  checkBackendOptions,
  checkSigningOptions,
  type BackendName,
} from './backend/backends.ts'
import { diagnosed } from './keys/diagnosed.ts'
import type { KeyInput } from './keys/key-input.ts'
import { readPrivateSource } from './keys/read-key.ts'

/** A signer that names its backend. */
export interface EdgeSigner extends Signer {
  readonly backend: BackendName
}

/**
 * Makes a signer from an RSA private key. The key is read once, here, and has signed a test message
 * when the promise resolves: some runtimes accept a key that they cannot use.
 *
 * @throws {KeyError} `ERR_KEY_INVALID`, `ERR_KEY_WRONG_KIND`, `ERR_KEY_UNSUPPORTED`,
 *   `ERR_KEY_TOO_SMALL`.
 * @throws {ConfigError} `ERR_CONFIG_INVALID`, `ERR_CONFIG_CONFLICT`.
 * @throws {SigningError} `ERR_ALGORITHM_UNSUPPORTED` when nothing here signs with the algorithm.
 * @example
 * import { createSigner } from '@llpay/edge'
 * declare const env: { readonly LLPAY_PRIVATE_KEY: string }
 * const signer = await createSigner(env.LLPAY_PRIVATE_KEY, 'MD5withRSA')
 * const signature = await signer.sign(new TextEncoder().encode('sign_type=RSA'))
 * console.log(signer.backend, signature.length)
 */
export async function createSigner(
  key: KeyInput,
  algorithm: SignatureAlgorithm,
  options: BackendOptions = {},
): Promise<EdgeSigner> {
  checkAlgorithm(algorithm)
  checkBackendOptions(options)
  checkSigningOptions(options)
  const source = await diagnosed(key, 'private', () => readPrivateSource(key, algorithm))
  const { openSigner } = await loadPart('The signing part', () => import('./keys/open-key.ts'))
  const probe = encodeUtf8(PROBE_MESSAGE)
  const { signer, backend } = await openSigner(source, algorithm, options, probe)
  return { algorithm, backend, sign: (message) => signer.sign(message) }
}
