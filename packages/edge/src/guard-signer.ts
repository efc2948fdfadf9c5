import { encodeUtf8, ownGatewayKey } from '@llpay/core/adapter'
import type { Signer, Verifier } from '@llpay/core/signing'

import { PROBE_MESSAGE } from './backend/probe-material.ts'
import type { LazyVerifier } from './keys/lazy-verifier.ts'

/** What is asked once, before the first message is signed. */
export interface Guard {
  /** Verifiers that must find a backend first: an answer that cannot be verified is worth nothing. */
  readonly lazyVerifiers: readonly LazyVerifier[]
  /**
   * Verifiers that must not accept what the signer signs, where the numbers of a CryptoKey could not
   * be compared.
   */
  readonly foreignVerifiers: readonly Verifier[]
}

async function refuseOwnKey(signer: Signer, verifiers: readonly Verifier[]): Promise<void> {
  if (verifiers.length === 0) return
  const message = encodeUtf8(PROBE_MESSAGE)
  const signature = await signer.sign(message)
  for (const verifier of verifiers) {
    if (await verifier.verify(message, signature)) throw ownGatewayKey()
  }
}

/** Wraps a signer so that nothing is signed, and so nothing sent, before the guard is content. */
export function guardSigner(signer: Signer, { lazyVerifiers, foreignVerifiers }: Guard): Signer {
  let checked = false
  return {
    algorithm: signer.algorithm,
    async sign(message) {
      const copy = message.slice()
      if (!checked) {
        for (const verifier of lazyVerifiers) await verifier.ready()
        await refuseOwnKey(signer, foreignVerifiers)
        checked = true
      }
      return signer.sign(copy)
    },
  }
}
