import {
  type UnbindJob,
  createDelivery,
  type DeliveryOptions,
  type NotBound,
  type Unbound,
  type UnbindProcessor,
} from '@llpay/core/bulk'

import { report } from './report.ts'

/** Makes an error that BullMQ recognizes by name: the class is in a package that llpay does not import. */
function namedError(name: string, message: string): Error {
  const error = new Error(message)
  error.name = name
  return error
}

/** An element for BullMQ's `queue.addBulk`. */
export interface BullJob {
  readonly name: string
  readonly data: UnbindJob
  readonly opts: {
    readonly jobId: string
    readonly attempts: 1
    readonly removeOnComplete: false | { readonly age: number }
    readonly removeOnFail: false
  }
}

/**
 * Turns a job into an element for `queue.addBulk`. BullMQ skips a job whose id it knows, and it knows the
 * id as long as it keeps the job: finished jobs are kept for good, or for `keepSeconds`. Failed ones are always kept, because a person must look at them.
 *
 * @param id the job's id, from `createJobIds`.
 * @example
 * import type { JobIds, UnbindJob } from '@llpay/core/bulk'
 * import { toBullJob } from '@llpay/node/bullmq'
 * declare const idOf: JobIds
 * declare const job: UnbindJob
 * console.log(toBullJob(job, await idOf(job)).opts.jobId)
 */
export function toBullJob(
  job: UnbindJob,
  id: string,
  { keepSeconds }: { readonly keepSeconds?: number } = {},
): BullJob {
  const removeOnComplete = keepSeconds === undefined ? false : { age: keepSeconds }
  return {
    name: 'unbind',
    data: job,
    opts: { jobId: id, attempts: 1, removeOnComplete, removeOnFail: false },
  }
}

/** The parts of a BullMQ job that are used. */
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
 * Turns a processor into a handler for a BullMQ `Worker`. `unbound` and `not-bound` complete the job,
 * with the outcome as its return value. `refused` and `unknown` fail it for good, with the outcome as
 * JSON in `failedReason`. `retry` moves it to the delayed jobs, to be delivered again.
 *
 * Give the `Worker` a high `maxStalledCount`: BullMQ fails a job whose worker died more often than
 * that, and by default that is once. A job of this handler may be started any number of times.
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
      // BullMQ would fail the job for good. Left as it is, it stalls and is started again.
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
