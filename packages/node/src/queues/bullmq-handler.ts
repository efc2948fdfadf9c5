import {
  createDelivery,
  type DeliveryOptions,
  type NotBound,
  type Unbound,
  type UnbindProcessor,
} from '@llpay/core/bulk'

import { namedError } from './named-error.ts'
import { report } from './report.ts'

/** What is used of a job of BullMQ. */
export interface BullJobLike {
  readonly data: unknown
  /** When it was added. */
  readonly timestamp: number
  readonly attemptsStarted: number
  moveToDelayed(timestamp: number, token?: string): Promise<void>
}

/** What BullMQ's `Worker` takes as its processor. */
export type BullHandler = (
  job: BullJobLike,
  token?: string,
  signal?: AbortSignal,
) => Promise<Unbound | NotBound>

/**
 * Turns a processor into what a `Worker` of BullMQ runs. `unbound` and `not-bound` complete the job,
 * with the verdict as its return value. `refused` and `unknown` fail it for good, with the verdict as
 * JSON in `failedReason`. `retry` moves it to the delayed jobs, and it comes again.
 *
 * Give the `Worker` a high `maxStalledCount`: BullMQ fails a job whose worker died more often than
 * that, and by default that is once. A job of this handler may be begun any number of times.
 *
 * @param options `onStop` pauses the worker: `() => worker.pause(true)`.
 * @example
 * import type { UnbindProcessor } from '@llpay/core/bulk'
 * import { createUnbindHandler } from '@llpay/node/bullmq'
 * declare const processor: UnbindProcessor
 * declare class Worker { // import { Worker } from 'bullmq'
 *   constructor(name: string, handler: unknown, options: object)
 *   pause(doNotWaitActive: boolean): Promise<void>
 * }
 * const worker: Worker = new Worker(
 *   'unbind',
 *   createUnbindHandler(processor, { onStop: () => worker.pause(true) }),
 *   { connection: { port: 6379 }, limiter: { max: 20, duration: 1000 }, maxStalledCount: 1000 },
 * )
 */
export function createUnbindHandler(
  processor: UnbindProcessor,
  options: DeliveryOptions = {},
): BullHandler {
  const deliver = createDelivery(processor, options)
  const delay = async (job: BullJobLike, delayMs: number, token: string | undefined) => {
    try {
      await job.moveToDelayed(Date.now() + delayMs, token)
    } catch (error) {
      // BullMQ would fail the job for good. Left as it is, it stalls, and is begun again.
      await report(error, options)
    }
  }
  return async (job, token, signal) => {
    const ageMs = Date.now() - job.timestamp
    const ending = await deliver(job.data, { tries: job.attemptsStarted, ageMs, signal })
    if (ending.end === 'done') return ending.verdict
    if (ending.end === 'failed') {
      throw namedError('UnrecoverableError', JSON.stringify(ending.verdict))
    }
    await delay(job, ending.delayMs, token)
    throw namedError('DelayedError', 'The job was delayed.')
  }
}
