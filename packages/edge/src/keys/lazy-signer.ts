import type { RsaPrivateKey } from '@llpay/core/keys'
import type { SignatureAlgorithm, Signer } from '@llpay/core/signing'

import type { BackendOptions } from '../backend/backend-options.ts'
import type { KeySource } from './key-source.ts'
import { openSigner } from './open-signer.ts'
import { translateSigning } from './translate-signing.ts'

/** A signer that chooses its backend with the first message. */
export function lazySigner(
  source: KeySource<RsaPrivateKey>,
  algorithm: SignatureAlgorithm,
  options: BackendOptions,
): Signer {
  // The open signer is kept, not the promise of it; see probe-backend.ts.
  let open: Signer | undefined
  return {
    algorithm,
    async sign(message) {
      const copy = message.slice()
      try {
        if (open !== undefined) return await open.sign(copy)
        const { port, result } = await openSigner(source, algorithm, options, copy)
        open = port
        return result
      } catch (error) {
        throw translateSigning(error)
      }
    },
  }
}
