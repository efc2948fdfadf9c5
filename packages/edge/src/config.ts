import type { CommonConfig } from '@llpay/core'
import type { Signer, Verifier } from '@llpay/core/signing'

import type { BackendOptions } from './backend/backend-options.ts'
import type { KeyInput } from './keys/key-input.ts'

/** LianLian's public key, or a `Verifier` of your own. */
export type GatewayKey = KeyInput | Verifier

/** How to reach LianLian as a merchant. */
export interface ClientConfig extends CommonConfig, BackendOptions {
  /**
   * The merchant's RSA private key: PEM (PKCS#1 or PKCS#8), one-line base64, escaped newlines or
   * Windows line ends, DER bytes, a JWK or its JSON text, a `CryptoKey`; or a `Signer` of your own.
   */
  readonly privateKey: KeyInput | Signer
  /** LianLian's RSA public key in any of these forms, or several while it rotates. */
  readonly gatewayPublicKey: GatewayKey | readonly GatewayKey[]
}
