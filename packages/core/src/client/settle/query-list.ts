import type { Api } from '../../api/define-api.ts'
import { PAY_TYPES } from '../../api/fields.ts'
import { RejectedError } from '../../errors/rejected-error.ts'
import type { CallContext } from '../call-context.ts'
import { sleepUntil, type Clock } from '../clock.ts'
import type { Deadline } from '../deadline.ts'
import type { ClientEvent } from '../events.ts'
import { exchange } from '../exchange.ts'
import { prepareRequest } from '../prepare-request.ts'
import type { Evidence } from '../reply.ts'
import {
  type ListStatus,
  lacksProduct,
  isUntrusted,
  statusOfError,
  statusOfReply,
} from './list-status.ts'

const NORMAL_MS = [1_000, 2_000, 4_000]
const STILL_RUNNING_MS = [3_000, 6_000, 12_000]

/** Return codes by which LianLian says that it is still working. */
const STILL_RUNNING = ['2004', '2005', '2008']

/** The delays before each query after an unknown outcome; longer while LianLian is still working. */
export function settleDelays(error: unknown): readonly number[] {
  const code = error instanceof RejectedError ? (error.returnCode ?? '') : ''
  return STILL_RUNNING.includes(code) ? STILL_RUNNING_MS : NORMAL_MS
}

/** The delays before each query after a success: a list may lag behind. */
const AFTER_SUCCESS_MS = [0, 1_000, 2_000, 4_000]

/**
 * Queries the list until the agreement is no longer listed. An unreachable list proves nothing against a
 * signed success; one that keeps listing the agreement does.
 */
export async function isStillListed(
  query: () => Promise<ListStatus>,
  signal: AbortSignal,
  clock: Clock,
): Promise<boolean> {
  let listed = false
  for (const delay of AFTER_SUCCESS_MS) {
    if (delay > 0) await sleepUntil(clock, delay, signal)
    if (signal.aborted) break
    const { seen } = await query()
    if (seen === 'not-listed') return false
    if (seen === 'listed') listed = true
    if (!listed) return false
  }
  return listed
}

/** Why the list is queried. */
export type QueryStage = Extract<ClientEvent, { type: 'settlement' }>['stage']

const AT_ONCE = 3
/** How much of a call's remaining time querying the lists of all products may take. */
const ALL_SHARE = 0.4

/** The agreement that a call is about: the members that were sent, and the list that knows them. */
export interface Agreement {
  readonly query: Api
  readonly members: Readonly<Record<string, string>>
}

/** What the list of one product showed. */
export interface ProductStatus {
  readonly payType: string
  readonly status: 'listed' | 'absent' | 'undecided' | 'inconclusive'
  readonly list: ListStatus
}

/** The product that the call is about: the one it names, or the one that LianLian assumes. */
const payTypeOf = ({ query, members }: Agreement): string =>
  members['pay_type'] ?? query.assumed['pay_type'] ?? ''

async function queryList(
  { query, members }: Agreement,
  pay_type: string,
  context: CallContext,
  deadline: Deadline,
): Promise<ListStatus> {
  const { user_id, no_agree = '', platform } = members
  const params = { user_id, no_agree, pay_type, ...(platform === undefined ? {} : { platform }) }
  try {
    const request = await deadline.cover(prepareRequest(query, params, context.parts))
    const reply = await exchange(request, context, deadline, { sent: 0 })
    return statusOfReply(reply, no_agree)
  } catch (error) {
    if (isUntrusted(error)) throw error
    return statusOfError(query, error)
  }
}

function statusOf(list: ListStatus, isNamed: boolean): ProductStatus['status'] {
  if (list.seen === 'listed') return 'listed'
  if (list.seen === 'not-listed') return 'absent'
  return lacksProduct(list.cause, isNamed) ? 'undecided' : 'inconclusive'
}

async function queryProduct(
  agreement: Agreement,
  { payType, isNamed }: { readonly payType: string; readonly isNamed: boolean },
  stage: QueryStage,
  context: CallContext,
  deadline: Deadline,
): Promise<ProductStatus> {
  const list = await queryList(agreement, payType, context, deadline)
  context.emit({ type: 'settlement', api: agreement.query.id, verdict: list.seen, stage })
  return { payType, status: statusOf(list, isNamed), list }
}

/**
 * Queries the list for exactly the agreement that the call is about.
 *
 * @throws {SignatureError} and {ProtocolError}, where the list itself cannot be trusted.
 */
export function queryNamed(
  agreement: Agreement,
  stage: QueryStage,
  context: CallContext,
  deadline: Deadline,
): Promise<ProductStatus> {
  const payType = payTypeOf(agreement)
  const isNamed =
    agreement.members['pay_type'] !== undefined || context.payTypes?.includes(payType) === true
  return queryProduct(agreement, { payType, isNamed }, stage, context, deadline)
}

/** Runs a task for each item, three at a time; after a failure it begins no more, and throws it. */
export async function threeAtATime<T, R>(
  items: readonly T[],
  task: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  const failures: unknown[] = []
  const left = items.entries()
  const work = async () => {
    for (const [index, item] of left) {
      if (failures.length > 0) return
      try {
        results[index] = await task(item)
      } catch (error) {
        failures.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  if (failures.length > 0) throw failures[0]
  return results
}

/**
 * Queries the lists of the other products, three at a time. All of them are queried, whatever the first
 * ones show: one that cannot be trusted outweighs one that lists the agreement.
 *
 * @throws {SignatureError} and {ProtocolError}, where a list cannot be trusted.
 */
export function queryOthers(
  agreement: Agreement,
  context: CallContext,
  deadline: Deadline,
): Promise<ProductStatus[]> {
  const isNamed = context.payTypes !== undefined
  const others = (context.payTypes ?? PAY_TYPES).filter((each) => each !== payTypeOf(agreement))
  return threeAtATime(others, (payType) =>
    queryProduct(agreement, { payType, isNamed }, 'elsewhere', context, deadline),
  )
}

/** Queries the lists of products for one agreement, where a call names none of them. */
export function queryEach(
  agreement: Agreement,
  payTypes: readonly string[],
  context: CallContext,
): Promise<ProductStatus[]> {
  const isNamed = context.payTypes !== undefined
  const rounds = Math.ceil(payTypes.length / AT_ONCE)
  return threeAtATime(payTypes, async (payType) => {
    // A list that does not reply must not take the time of the others.
    const share = context.share(ALL_SHARE / rounds)
    try {
      return await queryProduct(agreement, { payType, isNamed }, 'before', context, share)
    } finally {
      share.dispose()
    }
  })
}

/** What the lists of several products show together. */
export type Findings =
  | { readonly status: 'listed'; readonly payType: string }
  /** Not bound: every list said so, or belongs to a product that the merchant does not have. */
  | {
      readonly status: 'absent'
      readonly queried: readonly string[]
      readonly undecided: readonly string[]
      readonly evidence: Exclude<Evidence, 'signed-reply'>
    }
  | { readonly status: 'inconclusive'; readonly cause: unknown }
  /** No list says anything about the agreement: `cause` is the first refusal. */
  | { readonly status: 'undecided'; readonly cause: unknown }

/** The error that the query of an inconclusive list ended with, if it did. */
export const causeOf = (product: ProductStatus | undefined): unknown =>
  product?.list.seen === 'inconclusive' ? product.list.cause : undefined

/** Combines what the lists showed: listed beats inconclusive, and inconclusive beats absent. */
export function combine(products: readonly ProductStatus[]): Findings {
  const first = (status: ProductStatus['status']) =>
    products.find((product) => product.status === status)
  const all = (status: ProductStatus['status']) =>
    products.filter((product) => product.status === status).map(({ payType }) => payType)
  const listed = first('listed')
  if (listed !== undefined) return { status: 'listed', payType: listed.payType }
  const inconclusive = first('inconclusive')
  if (inconclusive !== undefined) return { status: 'inconclusive', cause: causeOf(inconclusive) }
  const queried = all('absent')
  if (queried.length === 0) return { status: 'undecided', cause: causeOf(first('undecided')) }
  const isSigned = products.every(
    ({ list }) => list.seen !== 'not-listed' || list.evidence === 'signed-query',
  )
  const evidence = isSigned ? 'signed-query' : 'unsigned-query'
  return { status: 'absent', queried, undecided: all('undecided'), evidence }
}
