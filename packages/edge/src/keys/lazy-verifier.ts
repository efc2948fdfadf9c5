import type { RsaPublicKey } from '@llpay/core/keys'
import type { SignatureAlgorithm, Verifier } from '@llpay/core/signing'

import type { BackendOptions } from '../backend/backend-options.ts'
import type { KeySource } from './key-source.ts'
import { openVerifier } from './open-verifier.ts'

/** A verifier that chooses its backend at first use, or when it is told to get ready. */
export interface LazyVerifier extends Verifier {
  ready(): Promise<Verifier>
}

/** Makes a verifier that chooses its backend late. */
export function lazyVerifier(
  source: KeySource<RsaPublicKey>,
  algorithm: SignatureAlgorithm,
  options: BackendOptions,
): LazyVerifier {
  // The open verifier is kept, not the promise of it; see probe-backend.ts.
  let open: Verifier | undefined
  const ready = async (): Promise<Verifier> => {
    open ??= (await openVerifier(source, algorithm, options)).port
    return open
  }
  return {
    algorithm,
    ready,
    async verify(message, signature) {
      const copies = [message.slice(), signature.slice()] as const
      const verifier = await ready()
      return verifier.verify(...copies)
    },
  }
}
