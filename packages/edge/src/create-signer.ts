import { checkAlgorithm, encodeUtf8 } from '@llpay/core/adapter'
import type { SignatureAlgorithm, Signer } from '@llpay/core/signing'

import {
  checkBackendOptions,
  checkSigningOptions,
  type BackendOptions,
} from './backend/backend-options.ts'
import type { BackendName } from './backend/backend.ts'
import { PROBE_MESSAGE } from './backend/probe-material.ts'
import { diagnosed } from './keys/diagnosed.ts'
import type { KeyInput } from './keys/key-input.ts'
import { readPrivateSource } from './keys/key-source.ts'
import { openSigner } from './keys/open-signer.ts'
import { translateSigning } from './keys/translate-signing.ts'

/** A signer that knows what it rests on. */
export interface EdgeSigner extends Signer {
  readonly backend: BackendName
}

/**
 * Makes a signer of an RSA private key. The key is read once, here, and has signed when the promise
 * resolves: some runtimes accept what they cannot use.
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
  const { port, backend } = await openSigner(source, algorithm, options, encodeUtf8(PROBE_MESSAGE))
  return {
    algorithm,
    backend,
    async sign(message) {
      try {
        return await port.sign(message)
      } catch (error) {
        throw translateSigning(error)
      }
    },
  }
}
