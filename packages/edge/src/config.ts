import type { CommonConfig, CallerParts } from '@llpay/core'
import {
  checkConfig,
  checkKeys,
  ConfigError,
  DEFAULT_TIMEOUT_MS,
  KeyError,
} from '@llpay/core/adapter'
import type { RsaPublicKey } from '@llpay/core/keys'
import type { SignatureAlgorithm, Signer, Verifier } from '@llpay/core/signing'

import {
  type BackendOptions,
  BACKEND_OPTION_NAMES,
  checkBackendOptions,
  checkSigningOptions,
} from './backend/backends.ts'
import type { KeyInput } from './keys/key-input.ts'
import { guardSigner, lazySigner, lazyVerifier, type LazyVerifier } from './keys/lazy-keys.ts'
import { isCryptoKey, readPrivateSource, readPublicSource, withHint } from './keys/read-key.ts'
import { ofetchTransport } from './transport/ofetch-transport.ts'

/** LianLian's public key, or your own `Verifier`. */
export type GatewayKey = KeyInput | Verifier

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

const ALGORITHM = 'MD5withRSA'

/** The merchant's signer, and what is known about its key so far. */
interface MerchantKey {
  readonly signer: Signer
  readonly publicPart?: { readonly modulus: Uint8Array; readonly exponent: Uint8Array }
  readonly hidesNumbers?: boolean
}

/** A verifier of LianLian's, and what is known about its key so far. */
interface OpenedGatewayKey {
  readonly verifier: Verifier
  readonly lazy?: LazyVerifier
  readonly publicKey?: RsaPublicKey
  readonly hidesNumbers?: boolean
}

function missing(option: string, whose: string): ConfigError {
  return new ConfigError('ERR_CONFIG_MISSING', {
    reason: 'config.key-missing',
    message: `${option} is missing.`,
    hint: `Give ${whose} RSA key.`,
    params: { option },
  })
}

/** Reads a key, and names the call that diagnoses it: without waiting, no diagnosis can be loaded. */
function readAtOnce<Source>(
  key: KeyInput,
  read: (key: KeyInput, algorithm: SignatureAlgorithm) => Source,
  call: string,
): Source {
  try {
    return read(key, ALGORITHM)
  } catch (error) {
    if (isCryptoKey(key) || !(error instanceof KeyError)) throw error
    const pointer = `For the full diagnosis: await ${call}, '${ALGORITHM}').`
    throw withHint(error, error.hint ? `${error.hint} ${pointer}` : pointer, error.cause)
  }
}

function readMerchantKey(
  privateKey: ClientConfig['privateKey'],
  options: BackendOptions,
): MerchantKey {
  if (privateKey === undefined || privateKey === null) {
    throw missing('privateKey', "the merchant's private")
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

function readGatewayKey(key: GatewayKey, options: BackendOptions): OpenedGatewayKey {
  if (key === undefined || key === null) throw missing('gatewayPublicKey', "LianLian's public")
  if (typeof key === 'object' && 'verify' in key) return { verifier: key }
  const source = readAtOnce(key, readPublicSource, 'createVerifier(gatewayPublicKey')
  const lazy = lazyVerifier(source, ALGORITHM, options)
  return source.kind === 'numbers'
    ? { verifier: lazy, lazy, publicKey: source.numbers }
    : { verifier: lazy, lazy, publicKey: source.standIn, hidesNumbers: true }
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
  const gatewayKeys: readonly GatewayKey[] = [gatewayPublicKey].flat()
  if (gatewayKeys.length === 0) throw missing('gatewayPublicKey', "LianLian's public")
  const gateway = gatewayKeys.map((key) => readGatewayKey(key, options))
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
