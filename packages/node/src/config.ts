import type { CommonConfig } from '@llpay/core'
import type { Signer, Verifier } from '@llpay/core/signing'

import type { PrivateKeyInput, PublicKeyInput } from './keys/import-key.ts'

/** PEM as text or as the bytes of a file. */
export type Pem = string | Uint8Array

/** Which certificate authorities to trust, and the merchant's client certificate. */
export interface TlsConfig {
  /**
   * Certificate authorities, as PEM, in place of those that Node.js trusts; a PEM may hold several.
   * To trust them beside the default ones, add `rootCertificates` of `node:tls`.
   */
  readonly ca?: Pem | readonly Pem[] | undefined
  /** The merchant's client certificate as PEM, with its chain, where the gateway asks for one. */
  readonly cert?: Pem | undefined
  /** The private key of `cert` as PEM. */
  readonly key?: Pem | undefined
  /** The passphrase of `key`. */
  readonly passphrase?: string | undefined
}

/** A `Dispatcher` of undici 7 (`Agent`, `ProxyAgent`, `Pool`...), by its shape. */
export interface DispatcherLike {
  dispatch(options: object, handler: object): boolean
}

/** How a client connects to the gateway. Certificates are always checked. */
export interface NetworkConfig {
  /**
   * The HTTP proxy to go through: `http://user:password@proxy.example:3128`, or `https:`. With
   * `environment`, the one that `HTTPS_PROXY` names (`https_proxy` wins), but not for the hosts in
   * `NO_PROXY`; the variables are read once, by `createClient`. Without this option no variable is
   * read. Requests to this machine itself never take the proxy.
   */
  readonly proxy?: string | undefined
  /** Your own certificate authorities, and a client certificate. */
  readonly tls?: TlsConfig | undefined
  /**
   * The undici `Dispatcher` to send through, for what `proxy` and `tls` cannot do. It must not weaken
   * TLS, follow redirects or repeat requests: where undici shows that, it is refused. For what undici does
   * not show, such as your own `Dispatcher` class, you are responsible.
   */
  readonly dispatcher?: DispatcherLike | undefined
}

/** The names of these options. */
export const NETWORK_OPTIONS = ['proxy', 'tls', 'dispatcher'] as const

/** How to reach LianLian as a merchant. */
export interface ClientConfig extends CommonConfig, NetworkConfig {
  /**
   * The merchant's RSA private key: PEM (PKCS#1 or PKCS#8), one-line base64, escaped newlines or
   * Windows line ends, DER bytes, a JWK, a `KeyObject`; or your own `Signer`.
   */
  readonly privateKey: PrivateKeyInput | Signer
  /** The passphrase of a private key that is encrypted: PKCS#8, or PEM with legacy encryption. */
  readonly passphrase?: string | undefined
  /**
   * LianLian's RSA public key in any of these forms or as an X.509 certificate, or several while it
   * rotates.
   */
  readonly gatewayPublicKey: GatewayKey | readonly GatewayKey[]
}

/** LianLian's public key, or your own `Verifier`. */
export type GatewayKey = PublicKeyInput | Verifier
