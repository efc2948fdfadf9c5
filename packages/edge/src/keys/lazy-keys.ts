import { encodeUtf8, loadPart, ownGatewayKey } from '@llpay/core/adapter'
import type { RsaPrivateKey, RsaPublicKey } from '@llpay/core/keys'
import type { SignatureAlgorithm, Signer, Verifier } from '@llpay/core/signing'

import { PROBE_MESSAGE, type BackendOptions } from '../backend/backends.ts'
import type { KeySource } from './read-key.ts'

/** A signer that chooses its backend with the first message. */
export function lazySigner(
  source: KeySource<RsaPrivateKey>,
  algorithm: SignatureAlgorithm,
  options: BackendOptions,
): Signer {
  // The open signer is kept, not the promise of it; see probe.ts.
  let open: Signer | undefined
  return {
    algorithm,
    async sign(message) {
      const copy = message.slice()
      if (open !== undefined) return open.sign(copy)
      const { openSigner } = await loadPart('The signing part', () => import('./open-key.ts'))
      const { signer, signature } = await openSigner(source, algorithm, options, copy)
      open = signer
      return signature
    },
  }
}

/** A verifier that chooses its backend at first use, or when `ready` is called. */
export interface LazyVerifier extends Verifier {
  ready(): Promise<Verifier>
}

/** Makes a verifier that chooses its backend late. */
export function lazyVerifier(
  source: KeySource<RsaPublicKey>,
  algorithm: SignatureAlgorithm,
  options: BackendOptions,
): LazyVerifier {
  // The open verifier is kept, not the promise of it; see probe.ts.
  let open: Verifier | undefined
  const ready = async (): Promise<Verifier> => {
    if (open !== undefined) return open
    const { openVerifier } = await loadPart('The verifying part', () => import('./open-key.ts'))
    const { verifier } = await openVerifier(source, algorithm, options)
    open = verifier
    return verifier
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

/** What is checked once, before the first message is signed. */
export interface Guard {
  /** Verifiers that must find a backend first: a reply that cannot be verified proves nothing. */
  readonly lazyVerifiers: readonly LazyVerifier[]
  /**
   * Verifiers that must not accept the signer's signature, where the numbers of a CryptoKey cannot be
   * compared.
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

/** Wraps a signer so that nothing is signed, and so nothing is sent, before these checks pass. */
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
