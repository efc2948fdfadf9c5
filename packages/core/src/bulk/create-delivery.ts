import type { UnbindProcessor } from './create-unbind-processor.ts'
import type { NotBound, Refused, Retry, Unbound, Unknown, Verdict } from './verdict.ts'

const MAX_TRIES = 100
const AFTER_A_MISHAP_MS = 30_000
const WHILE_STOPPED_MS = 600_000

/** What the caller decides of the deliveries of a queue. */
export interface DeliveryOptions {
  /** So many deliveries has a job before it is given up; 100 where it is left out. */
  readonly maxTries?: number
  /** So old, in milliseconds, may a job become before it is given up. */
  readonly maxAgeMs?: number
  /**
   * Is told every verdict, and waited for, before the queue is: at least once for each job, and again
   * when the process dies between the two.
   */
  readonly onVerdict?: (verdict: Verdict, job: unknown) => unknown
  /** Stops the worker by the queue's own means: every other job would end the same way. */
  readonly onStop?: (verdict: Verdict) => unknown
  /** Is told what the marks, or the hooks above, threw. The job comes again. */
  readonly onError?: (error: unknown) => unknown
}

/** What a queue knows of one delivery of a job. */
export interface Delivery {
  /** The number of the delivery, this one included. It decides when to give up, and nothing else. */
  readonly tries: number
  /** How long ago the job was added, in milliseconds. */
  readonly ageMs: number
  readonly signal?: AbortSignal | undefined
}

/** What a queue is to do with a job. */
export type Ending =
  | { readonly end: 'done'; readonly verdict: Unbound | NotBound }
  | { readonly end: 'failed'; readonly verdict: Refused | Unknown }
  | { readonly end: 'later'; readonly verdict?: Retry; readonly delayMs: number }

function endRetry(verdict: Retry, { tries, ageMs }: Delivery, options: DeliveryOptions): Ending {
  const { maxTries = MAX_TRIES, maxAgeMs = Infinity } = options
  const { code, delayMs, stop, outcome: _, returnCode: __, ...told } = verdict
  // What is wrong with the keys is not the job's fault, however often it comes.
  if (stop || (tries < maxTries && ageMs < maxAgeMs)) return { end: 'later', verdict, delayMs }
  return { end: 'failed', verdict: { outcome: 'unknown', code, stop: false, tries, ...told } }
}

function endOf(verdict: Verdict, delivery: Delivery, options: DeliveryOptions): Ending {
  if (verdict.outcome === 'retry') return endRetry(verdict, delivery, options)
  return verdict.outcome === 'unbound' || verdict.outcome === 'not-bound'
    ? { end: 'done', verdict }
    : { end: 'failed', verdict }
}

/**
 * Makes what an adapter of a queue asks for each delivery of a job: the job is carried out, and the
 * verdict becomes what the queue is to do. After a verdict that stops, no other card is touched: the
 * jobs that still come are to be delivered later.
 *
 * @example
 * import { createDelivery, type UnbindProcessor } from '@llpay/core/bulk'
 * declare const processor: UnbindProcessor
 * const deliver = createDelivery(processor, { maxTries: 20 })
 * const { end } = await deliver({ user_id: '1234567', no_agree: '2014031710002121' }, { tries: 1, ageMs: 0 })
 * console.log(end)
 */
export function createDelivery(
  processor: UnbindProcessor,
  options: DeliveryOptions = {},
): (job: unknown, delivery: Delivery) => Promise<Ending> {
  let stopped = false
  const carryOut = async (job: unknown, delivery: Delivery): Promise<Ending> => {
    const verdict = await processor.process(job, { signal: delivery.signal })
    const stops = 'stop' in verdict && verdict.stop
    stopped ||= stops
    const ending = endOf(verdict, delivery, options)
    await options.onVerdict?.(ending.verdict ?? verdict, job)
    if (stops) await options.onStop?.(verdict)
    return ending
  }
  return async (job, delivery) => {
    if (stopped) return { end: 'later', delayMs: WHILE_STOPPED_MS }
    try {
      return await carryOut(job, delivery)
    } catch (error) {
      options.onError?.(error)
      const code = 'ERR_DELIVERY_FAILED'
      const delayMs = AFTER_A_MISHAP_MS
      return endOf({ outcome: 'retry', code, delayMs, stop: false }, delivery, options)
    }
  }
}
