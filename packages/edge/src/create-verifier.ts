import { checkAlgorithm, loadPart } from '@llpay/core/adapter'
import type { SignatureAlgorithm, Verifier } from '@llpay/core/signing'

import { type BackendOptions, checkBackendOptions, type BackendName } from './backend/backends.ts'
import { diagnosed } from './keys/diagnosed.ts'
import type { KeyInput } from './keys/key-input.ts'
import { readPublicSource } from './keys/read-key.ts'

/** A verifier that names its backend. */
export interface EdgeVerifier extends Verifier {
  readonly backend: BackendName
}

/**
 * Makes a verifier from an RSA public key. The key is read once, here.
 *
 * @throws {KeyError} `ERR_KEY_INVALID`, `ERR_KEY_WRONG_KIND`, `ERR_KEY_UNSUPPORTED`,
 *   `ERR_KEY_TOO_SMALL`.
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 * @throws {SigningError} `ERR_ALGORITHM_UNSUPPORTED` when the requested backend does not verify
 *   with the algorithm; `auto` always finds one.
 * @example
 * import { createVerifier } from '@llpay/edge'
 * declare const env: { readonly LLPAY_GATEWAY_KEY: string }
 * const verifier = await createVerifier(env.LLPAY_GATEWAY_KEY, 'MD5withRSA')
 * console.log(verifier.backend, await verifier.verify(new Uint8Array(), new Uint8Array(128)))
 */
export async function createVerifier(
  key: KeyInput,
  algorithm: SignatureAlgorithm,
  options: BackendOptions = {},
): Promise<EdgeVerifier> {
  checkAlgorithm(algorithm)
  checkBackendOptions(options)
  const source = await diagnosed(key, 'public', () => readPublicSource(key, algorithm))
  const { openVerifier } = await loadPart('The verifying part', () => import('./keys/open-key.ts'))
  const { verifier, backend } = await openVerifier(source, algorithm, options)
  return {
    algorithm,
    backend,
    verify: (message, signature) => verifier.verify(message, signature),
  }
}
