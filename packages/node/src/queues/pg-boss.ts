import {
  type UnbindJob,
  createDelivery,
  type DeliveryOptions,
  type DeliveryEnd,
  type UnbindProcessor,
  type JobOutcome,
} from '@llpay/core/bulk'

import { report } from './report.ts'

/** A job as `boss.insert` takes it. */
export interface BossJob {
  readonly id: string
  readonly data: UnbindJob
  readonly retryLimit: number
  readonly retryDelay: number
  readonly retentionSeconds: number
  readonly deleteAfterSeconds: number
}

/** pg-boss must not give up before the handler does: a job that it gives up has no outcome. */
const RETRY_LIMIT = 100_000
const RETRY_DELAY_SECONDS = 1
const RETENTION_SECONDS = 365 * 86_400
const UUID_PARTS = /^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/

/**
 * Turns a job into an element for `boss.insert`. pg-boss skips a job whose id it knows, and it knows the
 * id as long as it keeps the job: for good, or a finished job for `keepSeconds`. The id is the first 122
 * bits of the job's, as the UUID (version 8) that pg-boss expects.
 *
 * pg-boss deletes a job that was not started for a year; its own default is 14 days.
 *
 * @param id the job's id, from `createJobIds`.
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

/** The parts of a job that are used, as pg-boss fetches it with `includeMetadata`. */
export interface BossJobLike {
  readonly id: string
  readonly name: string
  readonly data: unknown
  readonly retryCount: number
  readonly createdOn: Date
  readonly signal: AbortSignal
}

/** The parts of a `PgBoss` that are used. */
export interface BossLike {
  fail(name: string, id: string, output: object): Promise<unknown>
  update(name: string, data: undefined, options: { id: string; startAfter: Date }): Promise<unknown>
}

/** The result of one job of a batch, as `perJobResults` expects it. */
export interface BossResult {
  readonly id: string
  readonly status: 'completed' | 'failed' | 'deadletter'
  readonly output: JobOutcome | object
}

/** The handler for `boss.work` with the options `bossWorkOptions`. */
export type BossHandler = (jobs: readonly BossJobLike[]) => Promise<BossResult[]>

/** The options that `boss.work` needs, beside `batchSize` and `pollingIntervalSeconds`. */
export const bossWorkOptions = { perJobResults: true, includeMetadata: true } as const

async function settle(
  boss: BossLike,
  { id, name }: BossJobLike,
  ending: DeliveryEnd,
  options: DeliveryOptions,
) {
  if (ending.end === 'done') return { id, status: 'completed', output: ending.verdict } as const
  if (ending.end === 'failed') return { id, status: 'deadletter', output: ending.verdict } as const
  const output = ending.verdict ?? {}
  try {
    // A result cannot say when the job is to be delivered again. So the job is failed here, which makes
    // the result a no-op, and its time is set while its retryDelay runs.
    await boss.fail(name, id, output)
    const startAfter = new Date(Date.now() + ending.delayMs)
    await boss.update(name, undefined, { id, startAfter })
  } catch (error) {
    // Then the result fails it, and it is delivered again sooner. The rest of the batch has its own results.
    await report(error, options)
  }
  return { id, status: 'failed', output } as const
}

/**
 * Turns a processor into a handler for pg-boss's `boss.work`. `unbound` and `not-bound` complete the job,
 * with the outcome as its output. `refused` and `unknown` fail it for good, with the outcome as its
 * output, and copy it to the dead letter queue if the queue has one. `retry` delays it, to be delivered
 * again. The jobs of a batch run one after the other.
 *
 * @param options `onStop` ends the work: `() => boss.offWork(name, { wait: false })`.
 * @example
 * import type { UnbindProcessor } from '@llpay/core/bulk'
 * import { bossWorkOptions, createUnbindHandler, type BossLike } from '@llpay/node/pg-boss'
 * declare const processor: UnbindProcessor
 * declare const boss: BossLike & { // new PgBoss(url) of pg-boss
 *   work(name: string, options: object, handler: unknown): Promise<string>
 *   offWork(name: string, options: { wait: boolean }): Promise<void>
 * }
 * const onStop = () => boss.offWork('unbind', { wait: false })
 * const options = { ...bossWorkOptions, batchSize: 10, pollingIntervalSeconds: 1 }
 * await boss.work('unbind', options, createUnbindHandler(boss, processor, { onStop }))
 */
export function createUnbindHandler(
  boss: BossLike,
  processor: UnbindProcessor,
  options: DeliveryOptions = {},
): BossHandler {
  const deliver = createDelivery(processor, options)
  return async (jobs) => {
    const results: BossResult[] = []
    for (const job of jobs) {
      const ageMs = Date.now() - job.createdOn.getTime()
      const { signal } = job
      const ending = await deliver(job.data, { tries: job.retryCount + 1, ageMs, signal })
      results.push(await settle(boss, job, ending, options))
    }
    return results
  }
}
