import type { UnbindJob } from '@llpay/core/bulk'

/** What `boss.insert` takes of a job. */
export interface BossJob {
  readonly id: string
  readonly data: UnbindJob
  readonly retryLimit: number
  readonly retryDelay: number
  readonly retentionSeconds: number
  readonly deleteAfterSeconds: number
}

/** pg-boss must not give up before the handler does: what it gives up has no verdict. */
const RETRY_LIMIT = 100_000
const RETRY_DELAY_SECONDS = 1
const RETENTION_SECONDS = 365 * 86_400
const UUID_PARTS = /^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/

/**
 * Makes what `boss.insert` takes of a job. pg-boss leaves out a job whose id it knows, and it knows the
 * id as long as it keeps the job: for ever, unless `keepSeconds` says how long a finished job is kept.
 * The id is the first 122 bits of the job's, as a UUID of version 8, which is what pg-boss takes.
 *
 * A job that nobody begins for a year is deleted by pg-boss; its own default is 14 days.
 *
 * @param id what `createJobIds` made of the job.
 * @example
 * import type { JobIds, UnbindJob } from '@llpay/core/bulk'
 * import { toBossJob } from '@llpay/node/pg-boss'
 * declare const idOf: JobIds
 * declare const job: UnbindJob
 * console.log(toBossJob(job, await idOf(job)).id)
 */
export function toBossJob(
  job: UnbindJob,
  id: string,
  { keepSeconds = 0 }: { readonly keepSeconds?: number } = {},
): BossJob {
  return {
    id: id.replace(UUID_PARTS, '$1-$2-8$3-8$4-$5'),
    data: job,
    retryLimit: RETRY_LIMIT,
    retryDelay: RETRY_DELAY_SECONDS,
    retentionSeconds: RETENTION_SECONDS,
    deleteAfterSeconds: keepSeconds,
  }
}
