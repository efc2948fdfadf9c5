import type { SentMarks } from '@llpay/core/bulk'

/** What is used of a statement of D1. */
export interface D1StatementLike {
  bind(...values: unknown[]): D1StatementLike
  first(): Promise<unknown>
  run(): Promise<unknown>
}

/** What is used of a D1 database. */
export interface D1Like {
  prepare(sql: string): D1StatementLike
}

const CREATE = [
  `create table if not exists llpay_job (
  job_id text primary key,
  sent_at text,
  outcome text,
  decided_at text
)`,
  // Where marks alone were kept before.
  'create table if not exists llpay_sent (job_id text primary key, sent_at text not null)',
  'insert into llpay_job (job_id, sent_at) select job_id, sent_at from llpay_sent where true on conflict do nothing',
]
const READ = 'select sent_at, outcome from llpay_job where job_id = ?1'
const ADD = `insert into llpay_job (job_id, sent_at) values (?1, current_timestamp)
  on conflict (job_id) do update set sent_at = coalesce(llpay_job.sent_at, excluded.sent_at)
  where llpay_job.outcome is null returning job_id`
const KEEP = `insert into llpay_job (job_id, outcome, decided_at) values (?1, ?2, current_timestamp)
  on conflict (job_id) do update set outcome = excluded.outcome, decided_at = excluded.decided_at
  where llpay_job.outcome is null and (llpay_job.sent_at is null or not ?3)`

/**
 * Creates the table of the jobs, `llpay_job`, where it does not exist yet, and takes over the marks of
 * `llpay_sent`, in which an earlier version kept them: once, when you set up, and after an upgrade, here
 * or in a migration.
 *
 * @example
 * import { createMarksTable } from '@llpay/edge/queues'
 * declare const env: { readonly DB: Parameters<typeof createMarksTable>[0] }
 * await createMarksTable(env.DB)
 */
export async function createMarksTable(database: D1Like): Promise<void> {
  for (const statement of CREATE) await database.prepare(statement).run()
}

/**
 * Keeps the marks of a processor, and the outcomes of its jobs, in D1, a row for each job, in the
 * table that `createMarksTable` creates. Give the database itself, not a session of it that may read
 * from a replica. Workers KV cannot hold marks: what was just written there is not seen everywhere for
 * a minute.
 *
 * @example
 * import { d1Marks } from '@llpay/edge/queues'
 * declare const env: { readonly DB: Parameters<typeof d1Marks>[0] }
 * console.log(await d1Marks(env.DB).has('0a1b'))
 */
export function d1Marks(database: D1Like): SentMarks {
  const readMember = async (jobId: string, name: string): Promise<unknown> => {
    const row = await database.prepare(READ).bind(jobId).first()
    const value: unknown = Reflect.get(Object(row), name)
    return value ?? undefined
  }
  const outcomeOf = async (jobId: string) => {
    const outcome = await readMember(jobId, 'outcome')
    return typeof outcome === 'string' ? outcome : undefined
  }
  return {
    has: async (jobId) => (await readMember(jobId, 'sent_at')) !== undefined,
    add: async (jobId) => (await database.prepare(ADD).bind(jobId).first()) !== null,
    outcomeOf,
    keepOutcome: async (jobId, outcome, unlessSent) => {
      await database
        .prepare(KEEP)
        .bind(jobId, outcome, unlessSent ? 1 : 0)
        .run()
      return outcomeOf(jobId)
    },
  }
}
