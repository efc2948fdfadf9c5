import { createHmac, randomBytes } from 'node:crypto'

import { ConfigError } from '@llpay/core'

import { t } from '../../output/language.ts'
import { errorText, invalidError } from '../../program/errors.ts'
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
    throw invalidError(
      'bulk.job-key-invalid',
      t(
        'The file with the key of the job ids, beside the ledger, does not hold one: 64 hexadecimal digits.',
        '台账旁的任务编号密钥文件无效：应为 64 个十六进制字符。',
      ),
      t('Restore the one that the ledger was started with.', '恢复创建台账时使用的密钥文件。'),
    )
  }
  if (hasJobs) {
    const missing = errorText(
      'bulk.job-key-missing',
      t(
        'The key of the job ids, a file named like the ledger with .key appended, is missing. Without it nobody can tell which cards are done.',
        '缺少任务编号的密钥：与台账同名、以 .key 结尾的文件。没有它无法知道哪些卡已处理。',
      ),
      t(
        'Restore it, or start a new ledger; cards that were unbound before are then reported as not bound.',
        '恢复该文件，或新建台账；此前已解绑的卡届时会报告为未绑定。',
      ),
    )
    throw new ConfigError('ERR_CONFIG_MISSING', missing)
  }
  const key = randomBytes(KEY_BYTES)
  await writeWhole(disk, file, `${key.toString('hex')}\n`, check)
  return { key, isNew: true }
}
