import { ConfigError } from '@llpay/core/adapter'

import { BACKEND_NAMES, type BackendName, type Purpose } from './backend.ts'

/** How to choose a backend. */
export interface BackendOptions {
  /** `auto`, unless told: the first of `webcrypto`, `node` and `bigint` that works here. */
  readonly backend?: 'auto' | BackendName | undefined
  /**
   * Allows to sign by arithmetic on BigInt where the runtime has nothing else. It is blinded and
   * checks itself, but is not made to withstand an attacker who measures time on the same machine.
   */
  readonly allowBigIntSigning?: boolean | undefined
}

/** The names of the options, for checks of a whole configuration. */
export const BACKEND_OPTION_NAMES = ['backend', 'allowBigIntSigning'] as const

/**
 * Checks the options, which may come from untyped code.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function checkBackendOptions({ backend, allowBigIntSigning }: BackendOptions): void {
  const names: readonly string[] = ['auto', ...BACKEND_NAMES]
  if (backend !== undefined && !names.includes(backend)) {
    throw new ConfigError('ERR_CONFIG_INVALID', `backend must be one of ${names.join(', ')}.`)
  }
  if (allowBigIntSigning !== undefined && typeof allowBigIntSigning !== 'boolean') {
    throw new ConfigError('ERR_CONFIG_INVALID', 'allowBigIntSigning must be true or false.')
  }
}

/**
 * Refuses options with which nothing could ever be signed.
 *
 * @throws {ConfigError} `ERR_CONFIG_CONFLICT`.
 */
export function checkSigningOptions({ backend, allowBigIntSigning }: BackendOptions): void {
  if (backend !== 'bigint' || allowBigIntSigning === true) return
  throw new ConfigError(
    'ERR_CONFIG_CONFLICT',
    'backend is bigint, which signs only when allowBigIntSigning is true. Allow it, or leave backend out.',
  )
}

/** The backends to try, in order. */
export function backendsToTry({ backend = 'auto' }: BackendOptions): readonly BackendName[] {
  return backend === 'auto' ? BACKEND_NAMES : [backend]
}

/** Tells whether a backend may be used for a purpose: signing by arithmetic needs permission. */
export function isAllowed(
  name: BackendName,
  purpose: Purpose,
  { allowBigIntSigning = false }: BackendOptions,
): boolean {
  return name !== 'bigint' || purpose === 'verify' || allowBigIntSigning
}
