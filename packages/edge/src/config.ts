import type { CommonConfig, CallerParts } from '@llpay/core'
import { checkConfig, checkKeys, DEFAULT_TIMEOUT_MS, missingKey } from '@llpay/core/adapter'
import type { Signer, Verifier } from '@llpay/core/signing'

import {
  type BackendOptions,
  BACKEND_OPTION_NAMES,
  checkBackendOptions,
  checkSigningOptions,
} from './backend/backends.ts'
import {
  ALGORITHM,
  openGatewayKeys,
  type OpenedGatewayKey,
  readAtOnce,
} from './keys/gateway-keys.ts'
import type { GatewayKey, KeyInput } from './keys/key-input.ts'
import { guardSigner, lazySigner } from './keys/lazy-keys.ts'
import { readPrivateSource } from './keys/read-key.ts'
import { ofetchTransport } from './transport/ofetch-transport.ts'

/** How to reach LianLian as a merchant. */
export interface ClientConfig extends CommonConfig, BackendOptions {
  /**
   * The merchant's RSA private key: PEM (PKCS#1 or PKCS#8), one-line base64, escaped newlines or
   * Windows line ends, DER bytes, a JWK or its JSON text, a `CryptoKey`; or your own `Signer`.
   */
  readonly privateKey: KeyInput | Signer
  /** LianLian's RSA public key in any of these forms, or several while it rotates. */
  readonly gatewayPublicKey: GatewayKey | readonly GatewayKey[]
}

/** The merchant's signer, and what is known about its key so far. */
interface MerchantKey {
  readonly signer: Signer
  readonly publicPart?: { readonly modulus: Uint8Array; readonly exponent: Uint8Array }
  readonly hidesNumbers?: boolean
}

function readMerchantKey(
  privateKey: ClientConfig['privateKey'],
  options: BackendOptions,
): MerchantKey {
  if (privateKey === undefined || privateKey === null) {
    throw missingKey('privateKey', "the merchant's private")
  }
  if (typeof privateKey === 'object' && 'sign' in privateKey) return { signer: privateKey }
  checkSigningOptions(options)
  const source = readAtOnce(privateKey, readPrivateSource, 'createSigner(privateKey')
  const signer = lazySigner(source, ALGORITHM, options)
  return source.kind === 'numbers'
    ? { signer, publicPart: source.numbers }
    : {
        signer,
        publicPart: { modulus: new Uint8Array(), exponent: source.standIn.exponent },
        hidesNumbers: true,
      }
}

/** The verifiers whose numbers cannot be compared, because one side is a CryptoKey. */
function uncompared(merchant: MerchantKey, gateway: readonly OpenedGatewayKey[]): Verifier[] {
  if (merchant.publicPart === undefined) return []
  return gateway
    .filter(({ lazy, hidesNumbers }) => lazy && (hidesNumbers || merchant.hidesNumbers))
    .map(({ verifier }) => verifier)
}

/**
 * Checks a configuration, reads its keys and makes the parts of a caller. Nothing is sent, and no
 * backend is tried.
 *
 * @throws {ConfigError} for what is missing, wrong, unknown, in conflict or insecure.
 * @throws {KeyError} for a key that cannot be read or does not fit.
 */
export function toParts(given: ClientConfig): CallerParts {
  const config = checkConfig(given, BACKEND_OPTION_NAMES)
  checkBackendOptions(config)
  const { privateKey, gatewayPublicKey, backend, allowBigIntSigning, ...common } = config
  const { baseUrl, timeoutMs = DEFAULT_TIMEOUT_MS, transport, fetch } = config
  const options: BackendOptions = { backend, allowBigIntSigning }
  const merchant = readMerchantKey(privateKey, options)
  const gateway = openGatewayKeys(gatewayPublicKey, options)
  checkKeys(
    merchant.publicPart,
    gateway.flatMap(({ publicKey }) => publicKey ?? []),
    baseUrl,
  )
  return {
    ...common,
    timeoutMs,
    signer: guardSigner(merchant.signer, {
      lazyVerifiers: gateway.flatMap(({ lazy }) => lazy ?? []),
      foreignVerifiers: uncompared(merchant, gateway),
    }),
    verifiers: gateway.map(({ verifier }) => verifier),
    transport: transport ?? ofetchTransport(fetch),
  }
}
