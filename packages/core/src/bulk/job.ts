import { describeIssue, validateParams } from '../api/validate-params.ts'
import { unbind } from '../apis/card/unbind.ts'
import { encodeUtf8 } from '../encoding.ts'
import { ConfigError } from '../errors/config-error.ts'
import { ParameterError, type ParameterIssue } from '../errors/parameter-error.ts'

/** A card to unbind, as a line of a file or a job of a queue says it. It holds no key. */
export interface UnbindJob {
  /** The customer's id in the merchant's system. */
  readonly user_id: string
  /** The agreement number that stands for the bound card. */
  readonly no_agree: string
  /** The product the card was bound for; LianLian assumes `2` where it is left out. */
  readonly pay_type?: string
  /** Only for merchants that share customers with other merchants. */
  readonly platform?: string
  /**
   * Tells one unbinding of an agreement from a later one, after the card was bound again: a number or
   * a date of the caller's. Jobs that differ in nothing else are different jobs.
   */
  readonly generation?: string
  /** The caller's own reference. It comes back with the outcome, and is never sent to LianLian. */
  readonly ref?: string
}

/** The members of a job that are not parameters of the call. */
const OWN = ['generation', 'ref'] as const
const MAX_CHARACTERS = 256

const NOT_TEXT = 'must be text of 1 to 256 characters'

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && Array.from(value).length <= MAX_CHARACTERS

/**
 * Describes which rule a member of a job breaks, and where such values come from.
 *
 * @example
 * import { checkJob, describeJobIssue } from '@llpay/core/bulk'
 * import { ParameterError } from '@llpay/core'
 * try {
 *   checkJob({ user_id: '1234567', no_agree: '2.01403E+15' })
 * } catch (error) {
 *   if (error instanceof ParameterError) console.log(error.issues.map(describeJobIssue))
 * }
 */
export function describeJobIssue(issue: ParameterIssue): string {
  return issue.rule === 'text' ? `${issue.path} ${NOT_TEXT}` : describeIssue(unbind, issue)
}

function refuse(issues: readonly ParameterIssue[]): void {
  if (issues.length === 0) return
  const rules = issues.map(describeJobIssue).join('; ')
  const text = {
    reason: 'job.invalid',
    message: `The job is invalid: ${rules}.`,
    hint: 'Fix the value at its source.',
    params: { rules },
  }
  throw new ParameterError(text, issues)
}

function readOwn(job: object): Pick<UnbindJob, 'generation' | 'ref'> {
  const own: Record<string, string> = {}
  const issues: ParameterIssue[] = []
  for (const name of OWN) {
    const value: unknown = Reflect.get(job, name)
    if (isText(value)) own[name] = value
    else if (value !== undefined) issues.push({ path: name, rule: 'text' })
  }
  refuse(issues)
  return own
}

/**
 * Checks a job from a file or a queue. A number in place of text is refused: JSON and spreadsheets may
 * turn sixteen digits into another agreement.
 *
 * @throws {ParameterError} `ERR_PARAMETER_INVALID`, with names and rules and no value.
 * @example
 * import { checkJob } from '@llpay/core/bulk'
 * const job = checkJob(JSON.parse('{"user_id":"1234567","no_agree":"2014031710002121","pay_type":"D"}'))
 * console.log(job.pay_type)
 */
export function checkJob(value: unknown): UnbindJob {
  const isObject = typeof value === 'object' && value !== null
  const params: unknown = isObject
    ? Object.fromEntries(Object.entries(value).filter(([name]) => !OWN.some((own) => own === name)))
    : value
  const { user_id = '', no_agree = '', ...rest } = validateParams(unbind, params)
  return { user_id, no_agree, ...rest, ...(isObject ? readOwn(value) : {}) }
}

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
 * The bytes of a job's id before HMAC-SHA-256: all that makes it another job. For callers with an HMAC of
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
    throw new ConfigError('ERR_CONFIG_INVALID', {
      reason: 'job.key-too-short',
      message: 'jobIdKey, the key of the job ids, is too short.',
      hint: 'Use at least 16 random bytes, and keep them as long as the jobs.',
    })
  }
  const bytes = Uint8Array.from(key)
  let hmac: Promise<CryptoKey> | undefined
  return async (job) => {
    hmac ??= crypto.subtle.importKey('raw', bytes, HMAC, false, ['sign'])
    const own = jobIdBytes(oidPartner, job)
    return hex(new Uint8Array(await crypto.subtle.sign('HMAC', await hmac, own)))
  }
}
