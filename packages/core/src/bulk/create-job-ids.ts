import { unbind } from '../apis/card/unbind.ts'
import { encodeUtf8 } from '../encoding/utf8.ts'
import { ConfigError } from '../errors/config-error.ts'
import type { UnbindJob } from './unbind-job.ts'

const MIN_KEY_BYTES = 16
const LENGTH_BYTES = 4
const HMAC = { name: 'HMAC', hash: 'SHA-256' }

const hex = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Each text behind its length, so that no two lists of texts give the same bytes. */
function joinWithLengths(texts: readonly string[]): Uint8Array<ArrayBuffer> {
  const parts = texts.map((text) => encodeUtf8(text))
  const size = parts.reduce((sum, { length }) => sum + LENGTH_BYTES + length, 0)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  let place = 0
  for (const part of parts) {
    view.setUint32(place, part.length)
    bytes.set(part, place + LENGTH_BYTES)
    place += LENGTH_BYTES + part.length
  }
  return bytes
}

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
  return async ({ user_id, no_agree, pay_type, platform, generation }) => {
    hmac ??= crypto.subtle.importKey('raw', bytes, HMAC, false, ['sign'])
    const product = pay_type ?? unbind.assumed['pay_type'] ?? ''
    const texts = [oidPartner, user_id, no_agree, product, platform ?? '', generation ?? '']
    return hex(new Uint8Array(await crypto.subtle.sign('HMAC', await hmac, joinWithLengths(texts))))
  }
}
