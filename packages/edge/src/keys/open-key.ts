import { KeyError } from '@llpay/core/adapter'
import { summarizeCause } from '@llpay/core/adapter'

import { backendsToTry } from '../backend/backend-options.ts'
import type { Backend, BackendName } from '../backend/backend.ts'
import { withFirstBackend, type Need } from '../backend/select-backend.ts'
import type { KeySource } from './key-source.ts'

/** How to make a signer or a verifier of a key. */
export interface Opening<Key, Port> {
  readonly fromNumbers: (backend: Backend, numbers: Key) => Promise<Port>
  readonly fromCryptoKey: (key: CryptoKey) => Port
  readonly exportNumbers: (key: CryptoKey) => Promise<Key>
}

/** A signer or verifier, the backend it rests on, and what its first use gave. */
export interface Opened<Port, Result> {
  readonly backend: BackendName
  readonly port: Port
  readonly result: Result
}

async function openSealed<Port, Result>(
  port: Port,
  use: (port: Port) => Promise<Result>,
  { purpose, algorithm, options }: Need,
): Promise<Opened<Port, Result>> {
  const backend = 'webcrypto'
  let cause: Error | undefined
  try {
    if (backendsToTry(options).includes(backend)) return { backend, port, result: await use(port) }
  } catch (error) {
    cause = summarizeCause(error)
  }
  throw new KeyError(
    'ERR_KEY_UNSUPPORTED',
    `Nothing in this runtime can ${purpose} with ${algorithm} and this CryptoKey, which cannot be exported. Give the key as PEM, base64 or JWK.`,
    { cause },
  )
}

/**
 * Opens a key with the first backend that takes it and carries out its first use: some runtimes
 * accept at import what they refuse later.
 *
 * @throws {SigningError} `ERR_ALGORITHM_UNSUPPORTED` when no backend works.
 * @throws {KeyError} `ERR_KEY_UNSUPPORTED` when a CryptoKey that cannot be exported does not work.
 */
export async function openKey<Key, Port, Result>(
  source: KeySource<Key>,
  need: Need,
  opening: Opening<Key, Port>,
  use: (port: Port) => Promise<Result>,
): Promise<Opened<Port, Result>> {
  if (source.kind === 'crypto-key' && !source.key.extractable) {
    return openSealed(opening.fromCryptoKey(source.key), use, need)
  }
  const numbers =
    source.kind === 'numbers' ? source.numbers : await opening.exportNumbers(source.key)
  const { backend, opened } = await withFirstBackend(need, async (candidate) => {
    const port = await opening.fromNumbers(candidate, numbers)
    return { port, result: await use(port) }
  })
  return { backend, ...opened }
}
