import { isLLPayError, SigningError } from '@llpay/core/adapter'
import type { SignatureAlgorithm } from '@llpay/core/signing'

import { backendsToTry, isAllowed, type BackendOptions } from './backend-options.ts'
import type { Backend, BackendName, Purpose } from './backend.ts'
import { loadBackend } from './load-backend.ts'
import { probeBackend, reasonOf, type BackendTrial } from './probe-backend.ts'

/** What a backend is wanted for. */
export interface Need {
  readonly purpose: Purpose
  readonly algorithm: SignatureAlgorithm
  readonly options: BackendOptions
}

/** Tries one backend: whether it may be used, and whether it works. */
export async function tryBackend(
  name: BackendName,
  { purpose, algorithm, options }: Need,
): Promise<BackendTrial> {
  if (isAllowed(name, purpose, options)) return probeBackend(name, purpose, algorithm)
  return { backend: name, works: false, reason: 'it signs only with allowBigIntSigning: true' }
}

function noneWorks({ purpose, algorithm }: Need, trials: readonly BackendTrial[]): SigningError {
  const list = trials.map(({ backend, reason = 'it failed' }) => `${backend} (${reason})`)
  return new SigningError(
    'ERR_ALGORITHM_UNSUPPORTED',
    `Nothing in this runtime can ${purpose} with ${algorithm}: ${list.join(', ')}. Nothing was sent. Allow BigInt signing, or give a Signer and a Verifier of your own.`,
  )
}

/**
 * Opens a key with the first backend that works and takes this key; what refuses it is passed over.
 *
 * @throws {SigningError} `ERR_ALGORITHM_UNSUPPORTED` when none does, with the reason of each.
 */
export async function withFirstBackend<T>(
  need: Need,
  open: (backend: Backend) => Promise<T>,
): Promise<{ readonly backend: BackendName; readonly opened: T }> {
  const trials: BackendTrial[] = []
  for (const name of backendsToTry(need.options)) {
    const trial = await tryBackend(name, need)
    const backend = trial.works ? await loadBackend(name) : undefined
    if (backend === undefined) trials.push(trial)
    else {
      try {
        return { backend: name, opened: await open(backend) }
      } catch (error) {
        if (isLLPayError(error)) throw error
        trials.push({ backend: name, works: false, reason: reasonOf(error) })
      }
    }
  }
  throw noneWorks(need, trials)
}
