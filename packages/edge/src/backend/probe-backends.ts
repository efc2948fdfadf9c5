import { checkAlgorithm } from '@llpay/core/adapter'
import type { SignatureAlgorithm } from '@llpay/core/signing'

import { backendsToTry, checkBackendOptions, type BackendOptions } from './backend-options.ts'
import type { BackendName, Purpose } from './backend.ts'
import type { BackendTrial } from './probe-backend.ts'
import { tryBackend } from './select-backend.ts'

/** Which backend serves a purpose, and what came of those that were tried before it. */
export interface BackendChoice {
  /** The backend that is used; `null` where none works. */
  readonly chosen: BackendName | null
  /** Every backend that was tried, in order; the chosen one is the last. */
  readonly trials: readonly BackendTrial[]
}

/** Which backends serve an algorithm in this runtime. */
export interface BackendReport {
  readonly algorithm: SignatureAlgorithm
  readonly sign: BackendChoice
  readonly verify: BackendChoice
}

async function choose(
  purpose: Purpose,
  algorithm: SignatureAlgorithm,
  options: BackendOptions,
): Promise<BackendChoice> {
  const trials: BackendTrial[] = []
  for (const name of backendsToTry(options)) {
    const trial = await tryBackend(name, { purpose, algorithm, options })
    trials.push(trial)
    if (trial.works) return { chosen: name, trials }
  }
  return { chosen: null, trials }
}

/**
 * Tells which backend signs and which verifies in this runtime, and why earlier ones do not. Each is
 * tried once by a real signature with a test key; the answer is kept.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`, `ERR_CONFIG_RUNTIME`.
 * @example
 * import { probeBackends } from '@llpay/edge'
 * const { sign } = await probeBackends('MD5withRSA', { allowBigIntSigning: true })
 * for (const { backend, reason } of sign.trials) console.log(backend, reason ?? 'works')
 */
export async function probeBackends(
  algorithm: SignatureAlgorithm,
  options: BackendOptions = {},
): Promise<BackendReport> {
  checkAlgorithm(algorithm)
  checkBackendOptions(options)
  return {
    algorithm,
    sign: await choose('sign', algorithm, options),
    verify: await choose('verify', algorithm, options),
  }
}
