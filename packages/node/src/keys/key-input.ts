import type { RsaJwk } from '@llpay/core/keys'

/** A `KeyObject` of node:crypto, by its shape. */
export interface KeyObjectLike {
  readonly type: string
  readonly asymmetricKeyType?: string | undefined
}

/** An RSA key in any form that llpay reads: PEM, one-line base64, DER bytes, JWK or `KeyObject`. */
export type KeyInput = string | Uint8Array | RsaJwk | KeyObjectLike
