import type { KeyUse } from '@llpay/core/keys'

import { isCryptoKey } from './crypto-key.ts'
import type { KeyInput } from './key-input.ts'

/**
 * Reads a key, and names the cause where that fails. Only then is the diagnosis loaded, so that no
 * Worker reads it at start.
 */
export async function diagnosed<Source>(
  key: KeyInput,
  use: KeyUse,
  read: () => Source,
): Promise<Source> {
  try {
    return read()
  } catch (error) {
    // What is wrong with a CryptoKey, its check has said.
    if (isCryptoKey(key)) throw error
    // Where it cannot be loaded, what is wrong with the key still matters most.
    const part = await import('@llpay/core/keys/diagnose-key').catch(() => undefined)
    throw part?.diagnoseKey(key, error, use) ?? error
  }
}
