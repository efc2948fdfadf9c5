import { unbind } from '../apis/card/unbind.ts'
import { encodeUtf8 } from '../encoding/utf8.ts'
import type { UnbindJob } from './unbind-job.ts'

const LENGTH_BYTES = 4

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

/**
 * What a job's id is the HMAC-SHA-256 of: all that makes it another job. For callers with an HMAC of
 * their own, such as one that is not asynchronous; `createJobIds` makes the same ids everywhere.
 *
 * @example
 * import { createHmac } from 'node:crypto'
 * import { jobIdBytes } from '@llpay/core/bulk'
 * declare const key: Uint8Array
 * const job = { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }
 * const bytes = jobIdBytes('201304121000001004', job)
 * console.log(createHmac('sha256', key).update(bytes).digest('hex'))
 */
export function jobIdBytes(oidPartner: string, job: UnbindJob): Uint8Array<ArrayBuffer> {
  const { user_id, no_agree, pay_type, platform, generation } = job
  const product = pay_type ?? unbind.assumed['pay_type'] ?? ''
  return joinWithLengths([oidPartner, user_id, no_agree, product, platform ?? '', generation ?? ''])
}
