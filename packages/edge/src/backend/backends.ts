import { ConfigError } from '@llpay/core/adapter'
import type { RsaPrivateKey, RsaPublicKey } from '@llpay/core/keys'
import type { SignatureAlgorithm, Signer, Verifier } from '@llpay/core/signing'

/** How a runtime can do RSA, in the order in which the ways are tried. */
export const BACKEND_NAMES = ['webcrypto', 'node', 'bigint'] as const

/** A way to do RSA: WebCrypto, `node:crypto`, or arithmetic on BigInt. */
export type BackendName = (typeof BACKEND_NAMES)[number]

/** The message that keys and backends are tried with. */
export const PROBE_MESSAGE = 'llpay'

/** What a backend is needed for. */
export type Purpose = 'sign' | 'verify'

/** A way to do RSA. Its promises reject if the runtime refuses the key or the algorithm. */
export interface Backend {
  readonly name: BackendName
  openSigner(key: RsaPrivateKey, algorithm: SignatureAlgorithm): Promise<Signer>
  openVerifier(key: RsaPublicKey, algorithm: SignatureAlgorithm): Promise<Verifier>
}

/** How to choose a backend. */
export interface BackendOptions {
  /** Which backend signs and verifies (default: `auto`, the first of `webcrypto`, `node` and `bigint` that works here). */
  readonly backend?: 'auto' | BackendName | undefined
  /**
   * Allow signing in plain JavaScript where the runtime cannot sign with MD5withRSA natively (default:
   * false). It is blinded and checks its result, but does not resist an attacker who measures time on
   * the same machine.
   */
  readonly allowBigIntSigning?: boolean | undefined
}

/** The options of `BackendOptions`, for checking a whole configuration. */
export const BACKEND_OPTION_NAMES = ['backend', 'allowBigIntSigning'] as const

/**
 * Checks the options, which may come from untyped code.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function checkBackendOptions({ backend, allowBigIntSigning }: BackendOptions): void {
  const names: readonly string[] = ['auto', ...BACKEND_NAMES]
  if (backend !== undefined && !names.includes(backend)) {
    const list = names.join(', ')
    throw new ConfigError('ERR_CONFIG_INVALID', {
      reason: 'config.backend',
      message: `backend must be one of ${list}.`,
      params: { list },
    })
  }
  if (allowBigIntSigning !== undefined && typeof allowBigIntSigning !== 'boolean') {
    throw new ConfigError('ERR_CONFIG_INVALID', {
      reason: 'config.allow-bigint',
      message: 'allowBigIntSigning must be true or false.',
    })
  }
}

/**
 * Refuses options that could never sign anything.
 *
 * @throws {ConfigError} `ERR_CONFIG_CONFLICT`.
 */
export function checkSigningOptions({ backend, allowBigIntSigning }: BackendOptions): void {
  if (backend !== 'bigint' || allowBigIntSigning === true) return
  throw new ConfigError('ERR_CONFIG_CONFLICT', {
    reason: 'config.bigint-not-allowed',
    message: 'backend is bigint, which signs only when allowBigIntSigning is true.',
    hint: 'Set allowBigIntSigning to true, or leave backend out.',
  })
}

/** The backends to try, in order. */
export function backendsToTry({ backend = 'auto' }: BackendOptions): readonly BackendName[] {
  return backend === 'auto' ? BACKEND_NAMES : [backend]
}
