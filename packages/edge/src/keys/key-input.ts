import type { KeyBytes, RsaJwk } from '@llpay/core/keys'
import type { Verifier } from '@llpay/core/signing'

// Apart from read-key.ts: the declarations of these must compile without the types of WebCrypto.

/** A `CryptoKey` of WebCrypto, by its shape. */
export interface CryptoKeyLike {
  readonly type: string
  readonly extractable: boolean
  readonly algorithm: { readonly name: string }
  readonly usages: readonly string[]
}

/** An RSA key in any form that llpay reads: PEM, base64, DER bytes, JWK (also as text), `CryptoKey`. */
export type KeyInput = string | KeyBytes | RsaJwk | CryptoKeyLike

/** LianLian's public key, or your own `Verifier`. */
export type GatewayKey = KeyInput | Verifier
