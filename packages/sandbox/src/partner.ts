import type { Verifier } from '@llpay/core/signing'

/** A merchant that the sandbox knows, and the verifier of its public key. */
export interface Partner {
  readonly oidPartner: string
  readonly verifier: Verifier
}
