import type { KeyUse } from '@llpay/core/keys'

import { isCryptoKey, type KeyInput } from './read-key.ts'

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
    if (isCryptoKey(key)) throw error
    // If the diagnosis cannot be loaded, the key's own error still matters most.
    const part = await import('@llpay/core/keys/diagnose-key').catch(() => undefined)
    throw part?.diagnoseKey(key, error, use) ?? error
  }
}
