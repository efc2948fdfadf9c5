import { KeyError, loadPart } from '@llpay/core/adapter'
import type { KeyUse } from '@llpay/core/keys'

import type { KeyInput } from './key-input.ts'
import { isCryptoKey, withHint } from './read-key.ts'

// Not in read-key.ts: bundlers give a chunk to every import() of a file that they include.

/**
 * Reads a key, and names the cause if that fails. The diagnosis is loaded only then, so that no Worker
 * loads it at start.
 */
export async function diagnosed<Source>(
  key: KeyInput,
  use: KeyUse,
  read: () => Source,
): Promise<Source> {
  try {
    return read()
  } catch (error) {
    // The check of a CryptoKey has named the cause already.
    if (isCryptoKey(key) || !(error instanceof KeyError)) throw error
    const { diagnoseKey } = await loadPart(
      'The diagnosis of keys',
      () => import('@llpay/core/keys/diagnose-key'),
    ).catch((notLoaded: unknown) => {
      // The key must be fixed first; why there is no more to say about it is the cause.
      throw withHint(error, error.hint, notLoaded)
    })
    throw diagnoseKey(key, error, use)
  }
}
