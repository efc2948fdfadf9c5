import type { UnbindJob } from '@llpay/core/bulk'

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
