import type { CommonConfig } from '@llpay/core'
import type { Signer, Verifier } from '@llpay/core/signing'

import type { PrivateKeyInput, PublicKeyInput } from './keys/key-input.ts'
import type { NetworkConfig } from './network/network-config.ts'

/** How to reach LianLian as a merchant. */
export interface ClientConfig extends CommonConfig, NetworkConfig {
  /**
   * The merchant's RSA private key: PEM (PKCS#1 or PKCS#8), one-line base64, escaped newlines or
   * Windows line ends, DER bytes, a JWK, a `KeyObject`; or a `Signer` of your own.
   */
  readonly privateKey: PrivateKeyInput | Signer
  /** The passphrase of a private key that is encrypted: PKCS#8, or PEM in the old way. */
  readonly passphrase?: string | undefined
  /**
   * LianLian's RSA public key in any of these forms or as an X.509 certificate, or several while it
   * rotates.
   */
  readonly gatewayPublicKey: GatewayKey | readonly GatewayKey[]
}

/** LianLian's public key, or a `Verifier` of your own. */
export type GatewayKey = PublicKeyInput | Verifier
