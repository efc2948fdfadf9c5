import {
  type UnbindJob,
  createDelivery,
  type DeliveryOptions,
  type NotBound,
  type Unbound,
  type UnbindProcessor,
} from '@llpay/core/bulk'

import { report } from './report.ts'

/** Makes an error that its receiver knows by name: the class is in a package that we do not import. */
function namedError(name: string, message: string): Error {
  const error = new Error(message)
  error.name = name
  return error
}

/** What BullMQ's `queue.addBulk` takes. */
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
 * Makes what `queue.addBulk` takes of a job. BullMQ leaves out a job whose id it knows, and it knows the
 * id as long as it keeps the job: finished jobs are kept, all of them unless `keepSeconds` says how
 * long. Failed ones always are, since somebody must look at them.
 *
 * @param id what `createJobIds` made of the job.
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
