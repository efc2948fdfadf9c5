import { checkAlgorithm, isLLPayError, SigningError } from '@llpay/core/adapter'
import type { SignatureAlgorithm } from '@llpay/core/signing'

import {
  backendsToTry,
  checkBackendOptions,
  type BackendOptions,
  type Backend,
  type BackendName,
  type Purpose,
} from './backends.ts'
import { probeBackend, refusedTrial, type BackendTrial, type Need } from './probe.ts'

function noneWorks({ purpose, algorithm }: Need, trials: readonly BackendTrial[]): SigningError {
  const tried = trials
    .map(({ backend, reason = 'it failed' }) => `${backend} (${reason})`)
    .join(', ')
  return new SigningError('ERR_ALGORITHM_UNSUPPORTED', {
    reason: 'algorithm.no-backend',
    message: `Nothing in this runtime can ${purpose} with ${algorithm}: ${tried}. Nothing was sent.`,
    hint: 'Set allowBigIntSigning to true, or supply your own Signer and Verifier.',
    params: { purpose, algorithm, tried },
  })
}

/**
 * Opens a key with the first backend that works and accepts this key; one that refuses it is skipped.
 *
 * @throws {SigningError} `ERR_ALGORITHM_UNSUPPORTED` when none does, with the reason of each.
 */
export async function withFirstBackend<T>(
  need: Need,
  open: (backend: Backend) => Promise<T>,
): Promise<T> {
  const trials: BackendTrial[] = []
  for (const name of backendsToTry(need.options)) {
    const { trial, backend } = await probeBackend(name, need)
    try {
      if (backend !== undefined) return await open(backend)
      trials.push(trial)
    } catch (error) {
      if (isLLPayError(error)) throw error
      trials.push(refusedTrial(name, error))
    }
  }
  throw noneWorks(need, trials)
}

/** Which backend serves a purpose, and the result of each that was tried. */
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
    const { trial } = await probeBackend(name, { purpose, algorithm, options })
    trials.push(trial)
    if (trial.works) return { chosen: name, trials }
  }
  return { chosen: null, trials }
}

/**
 * Reports which backend signs and which verifies in this runtime, and why earlier ones do not. Each is
 * tried once with a real signature by a test key; the result is kept.
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
