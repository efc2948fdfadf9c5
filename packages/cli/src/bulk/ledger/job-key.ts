import { createHmac, randomBytes } from 'node:crypto'

import { ConfigError } from '@llpay/core'

import { readText, writeWhole, type Disk } from './disk.ts'

const KEY_BYTES = 32
const KEY = /^[0-9a-f]{64}$/
/** What is left of a key that was being written when the machine stopped, or the disk was full. */
const TORN_KEY = /^(?:[0-9a-f]{0,63}|\0*)\s*$/
const CHECK_DIGITS = 16

/** Tells a key from others without telling anything of it. */
export const checkOf = (key: Uint8Array): string =>
  createHmac('sha256', key).update('llpay unbind-ledger').digest('hex').slice(0, CHECK_DIGITS)

/**
 * Reads the key of the jobs' ids, or makes one where no job was recorded with it yet. It lies beside
 * the ledger and not in it: a ledger may be handed on, and says nothing of a card without its key.
 *
 * @param check called before a new key is put in its place.
 * @param hasJobs whether the ledger has recorded any job: then its key cannot be made again.
 * @throws {ConfigError} `ERR_CONFIG_MISSING`, `ERR_CONFIG_INVALID`.
 */
export async function openJobKey(
  disk: Disk,
  file: string,
  hasJobs: boolean,
  check: () => void,
): Promise<{ readonly key: Uint8Array; readonly isNew: boolean }> {
  const text = readText(disk, file)
  if (text !== undefined && KEY.test(text.trim())) {
    return { key: Buffer.from(text.trim(), 'hex'), isNew: false }
  }
  if (text !== undefined && (hasJobs || !TORN_KEY.test(text))) {
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      'The file with the key of the job ids, beside the ledger, does not hold one: 64 hexadecimal digits. Bring back the one that the ledger was begun with.',
    )
  }
  if (hasJobs) {
    throw new ConfigError(
      'ERR_CONFIG_MISSING',
      'The ledger is there, but the key of its job ids is not: a file of the same name with .key behind it. Without it nobody can tell which cards were done. Bring it back, or begin a new ledger; cards that were unbound before are then reported as not bound.',
    )
  }
  const key = randomBytes(KEY_BYTES)
  await writeWhole(disk, file, `${key.toString('hex')}\n`, check)
  return { key, isNew: true }
}
