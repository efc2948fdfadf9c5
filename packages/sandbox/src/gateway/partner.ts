import type { Signer, Verifier } from '@llpay/core/signing'

/** A merchant that the sandbox knows. */
export interface Partner {
  /** The merchant number, 18 digits. */
  readonly oidPartner: string
  /** Verifies with the merchant's public key. */
  readonly verifier: Verifier
  /** Signs replays of this merchant's requests; without it they cannot be replayed. */
  readonly signer?: Signer
}
