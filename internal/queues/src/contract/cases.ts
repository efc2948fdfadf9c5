import { OID_PARTNER } from '@internal/testkit/merchant'
import type { Question } from '@internal/testkit/report'
import { createJobIds, type JobIds } from '@llpay/core/bulk'

import type { Gateway, Plays } from './gateway.ts'
import { DELAY_MS, JOB_ID_KEY, MAX_TRIES, PAY_TYPE, type Added, type Kept } from './subject.ts'

/** How often a fault comes back when it comes back for ever. */
const FOR_EVER = 40

/** What of an outcome must be there, by member. */
type Expected = Readonly<Record<string, unknown>>

/** A job of the suite, and what must become of it. */
export interface Case {
  readonly name: string
  readonly data: object
  readonly isBound: boolean
  readonly plays: Plays
  readonly end: Kept['end']
  readonly verdict: Expected
  /** What else must hold when it has ended. */
  readonly holds?: (gateway: Gateway, user_id: string) => boolean
}

const jobOf = (number: number) => ({
  user_id: `customer-${number}`,
  no_agree: String(2_014_031_700_000_000 + number),
  pay_type: PAY_TYPE,
})

/** Whether the second delivery of a job came after its delay, and not before. */
function keptItsDelay(gateway: Gateway, user_id: string): boolean {
  const [first = 0, second = 0] = gateway.listed(user_id)
  return second - first >= DELAY_MS
}

/** The jobs of the suite. */
export const CASES: readonly Case[] = [
  {
    name: 'a card that is unbound is done, with its outcome',
    data: { ...jobOf(1), ref: 'row 1' },
    isBound: true,
    plays: {},
    end: 'done',
    verdict: { outcome: 'unbound', evidence: 'signed-reply', ref: 'row 1' },
    holds: (gateway, user_id) => gateway.unbound(user_id) === 1,
  },
  {
    name: 'a card that is not bound is done, and nothing was sent',
    data: jobOf(2),
    isBound: false,
    plays: {},
    end: 'done',
    verdict: { outcome: 'not-bound', neverSent: true },
    holds: (gateway, user_id) => gateway.asked(user_id) === 0,
  },
  {
    name: 'a refusal is failed at once, with its outcome',
    data: jobOf(3),
    isBound: true,
    plays: { unbind: ['code:4000'] },
    end: 'failed',
    verdict: { outcome: 'refused', code: 'ERR_REJECTED', returnCode: '4000' },
    holds: (gateway, user_id) => gateway.asked(user_id) === 1,
  },
  {
    name: 'a number for no_agree is failed at once',
    data: { ...jobOf(4), no_agree: 2_014_031_700_000_004 },
    isBound: false,
    plays: {},
    end: 'failed',
    verdict: { outcome: 'refused', code: 'ERR_PARAMETER_INVALID' },
    holds: (gateway, user_id) => gateway.listed(user_id).length === 0,
  },
  {
    name: 'what is not an object is failed at once',
    data: ['no job'],
    isBound: false,
    plays: {},
    end: 'failed',
    verdict: { outcome: 'refused', code: 'ERR_PARAMETER_INVALID' },
  },
  {
    name: 'a list out of reach: comes again after the delay, and is done',
    data: jobOf(6),
    isBound: true,
    plays: { list: ['status:503'] },
    end: 'done',
    verdict: { outcome: 'unbound' },
    holds: keptItsDelay,
  },
  {
    name: 'a list out of reach for ever: is given up, and kept',
    data: jobOf(7),
    isBound: true,
    plays: { list: Array.from({ length: FOR_EVER }, () => 'status:503') },
    end: 'failed',
    verdict: { outcome: 'unknown', code: 'ERR_TRANSPORT_STATUS', tries: MAX_TRIES },
    holds: (gateway, user_id) =>
      gateway.listed(user_id).length === MAX_TRIES && gateway.asked(user_id) === 0,
  },
  {
    name: 'a reply that is lost: the list settles it',
    data: jobOf(8),
    isBound: true,
    plays: { unbind: ['close-after'] },
    end: 'done',
    verdict: { outcome: 'unbound', evidence: 'unsigned-query' },
    holds: (gateway, user_id) => gateway.unbound(user_id) === 1,
  },
]

/** The job that is delivered more than once. */
export const TWIN = { ...jobOf(20), ref: 'one' }
/** The job whose reply is forged, and those that must not be touched after it. */
export const FORGED = jobOf(30)
export const UNTOUCHED = [31, 32, 33, 34, 35].map(jobOf)

/** The id that a case is added with; what is not a job has one all the same. */
export const idOf: JobIds = createJobIds(JOB_ID_KEY, OID_PARTNER)

const contains = (verdict: unknown, expected: Expected) =>
  typeof verdict === 'object' &&
  verdict !== null &&
  Object.entries(expected).every(([name, value]) => Reflect.get(verdict, name) === value)

/** Turns a case into a question of the report. */
export function questionOf(
  prefix: string,
  each: Case,
  gateway: Gateway,
  kept: Kept | undefined,
): Question {
  const user_id = userOf(each.data)
  return {
    name: `${prefix}: ${each.name}`,
    ask: () => [
      ...(kept?.end === each.end && contains(kept.verdict, each.verdict)
        ? []
        : [`the queue keeps ${JSON.stringify(kept)}`]),
      ...(each.holds?.(gateway, user_id) === false
        ? [`the gateway was asked ${gateway.asked(user_id)} times`]
        : []),
    ],
  }
}

/** The customer of a job, as far as it has one. */
export const userOf = (data: object): string => String(Reflect.get(data, 'user_id'))

/** A case as it is added. */
export async function addedOf(data: object, number: number): Promise<Added> {
  return { id: await idOf({ ...jobOf(number), generation: 'suite' }), data }
}
