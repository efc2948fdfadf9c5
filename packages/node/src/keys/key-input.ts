import type { KeyBytes, RsaJwk, RsaPrivateKey, RsaPublicKey } from '@llpay/core/keys'

/** A `KeyObject` of node:crypto, by its shape. */
export interface KeyObjectLike {
  readonly type: string
  readonly asymmetricKeyType?: string | undefined
}

/** An RSA key in any form that llpay reads: PEM, one-line base64, DER bytes (also an `ArrayBuffer` or a view of one), JWK or `KeyObject`. */
export type KeyForm = string | KeyBytes | RsaJwk | KeyObjectLike

/** The merchant's private key, as it came or as `parsePrivateKey` read it. */
export type PrivateKeyInput = KeyForm | RsaPrivateKey

/** LianLian's public key, as it came or as `parsePublicKey` read it. */
export type PublicKeyInput = KeyForm | RsaPublicKey
