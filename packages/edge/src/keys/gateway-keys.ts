import { KeyError, missingKey } from '@llpay/core/adapter'
import type { RsaPublicKey } from '@llpay/core/keys'
import type { SignatureAlgorithm, Verifier } from '@llpay/core/signing'

import type { BackendOptions } from '../backend/backends.ts'
import type { GatewayKey, KeyInput } from './key-input.ts'
import { lazyVerifier, type LazyVerifier } from './lazy-keys.ts'
import { isCryptoKey, readPublicSource, withHint } from './read-key.ts'

/** The algorithm of the classic API. */
export const ALGORITHM = 'MD5withRSA'

/** A verifier of LianLian's, and what is known about its key so far. */
export interface OpenedGatewayKey {
  readonly verifier: Verifier
  readonly lazy?: LazyVerifier
  readonly publicKey?: RsaPublicKey
  readonly hidesNumbers?: boolean
}

/** Reads a key, and names the call that diagnoses it: without waiting, no diagnosis can be loaded. */
export function readAtOnce<Source>(
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

function readGatewayKey(key: GatewayKey, options: BackendOptions): OpenedGatewayKey {
  if (key === undefined || key === null) throw missingKey('gatewayPublicKey', "LianLian's public")
  if (typeof key === 'object' && 'verify' in key) return { verifier: key }
  const source = readAtOnce(key, readPublicSource, 'createVerifier(gatewayPublicKey')
  const lazy = lazyVerifier(source, ALGORITHM, options)
  return source.kind === 'numbers'
    ? { verifier: lazy, lazy, publicKey: source.numbers }
    : { verifier: lazy, lazy, publicKey: source.standIn, hidesNumbers: true }
}

/**
 * Reads LianLian's public key, or several while it rotates.
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING`.
 * @throws {KeyError} for a key that cannot be read.
 */
export function openGatewayKeys(
  given: GatewayKey | readonly GatewayKey[],
  options: BackendOptions = {},
): readonly OpenedGatewayKey[] {
  const keys: readonly GatewayKey[] = [given].flat()
  if (keys.length === 0) throw missingKey('gatewayPublicKey', "LianLian's public")
  return keys.map((key) => readGatewayKey(key, options))
}
