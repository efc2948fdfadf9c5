import { ConfigError } from '../errors/config-error.ts'
import { jobIdBytes } from './job-id-bytes.ts'
import type { UnbindJob } from './unbind-job.ts'

const MIN_KEY_BYTES = 16
const HMAC = { name: 'HMAC', hash: 'SHA-256' }

const hex = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Makes the id of a job. */
export type JobIds = (job: UnbindJob) => Promise<string>

/**
 * Makes what gives jobs their ids: HMAC-SHA-256 in hexadecimal, over merchant, customer, agreement,
 * product, platform and generation, each behind its length. The same job has the same id, so that a
 * queue leaves it out the second time; without the key it says nothing of the card.
 *
 * @param key at least 16 random bytes of the caller's own, kept as long as the jobs.
 * @throws {ConfigError} `ERR_CONFIG_INVALID` for a key that is too short.
 * @example
 * import { createJobIds } from '@llpay/core/bulk'
 * declare const key: Uint8Array
 * const idOf = createJobIds(key, '201304121000001004')
 * console.log(await idOf({ user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }))
 */
export function createJobIds(key: Uint8Array, oidPartner: string): JobIds {
  if (key.length < MIN_KEY_BYTES) {
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      'The key for job ids is too short: give at least 16 random bytes, and keep them as long as the jobs.',
    )
  }
  const bytes = Uint8Array.from(key)
  let hmac: Promise<CryptoKey> | undefined
  return async (job) => {
    hmac ??= crypto.subtle.importKey('raw', bytes, HMAC, false, ['sign'])
    const own = jobIdBytes(oidPartner, job)
    return hex(new Uint8Array(await crypto.subtle.sign('HMAC', await hmac, own)))
  }
}
