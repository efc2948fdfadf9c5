import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

import { ConfigError } from '@llpay/core'

const OWNER_ONLY = 0o600
const KEY_BYTES = 32
const KEY = /^[0-9a-f]{64}$/
const CHECK_DIGITS = 16

/** Tells a key from others without telling anything of it. */
export const checkOf = (key: Uint8Array): string =>
  createHmac('sha256', key).update('llpay unbind-ledger').digest('hex').slice(0, CHECK_DIGITS)

/**
 * Reads the key of the jobs' ids, or makes one where there is no ledger yet. It lies beside the
 * ledger and not in it: a ledger may be handed on, and says nothing of a card without its key.
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING`, `ERR_CONFIG_INVALID`.
 */
export function openJobKey(file: string, hasLedger: boolean): Uint8Array {
  if (existsSync(file)) {
    const text = readFileSync(file, 'utf8').trim()
    if (KEY.test(text)) return Buffer.from(text, 'hex')
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      'The file with the key of the job ids, beside the ledger, does not hold one: 64 hexadecimal digits. Bring back the one that the ledger was begun with.',
    )
  }
  if (hasLedger) {
    throw new ConfigError(
      'ERR_CONFIG_MISSING',
      'The ledger is there, and the key of its job ids is not: a file of the same name with .key behind it. Without it nobody can tell which cards were done. Bring it back, or begin a new ledger; cards that are gone are then found not to be bound.',
    )
  }
  const key = randomBytes(KEY_BYTES)
  writeFileSync(file, `${key.toString('hex')}\n`, { mode: OWNER_ONLY, flag: 'wx' })
  return key
}
