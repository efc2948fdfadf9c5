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

const CREATE = `create table if not exists llpay_job (
  job_id text primary key,
  sent integer not null default 0,
  sent_at text,
  outcome text,
  decided_at text
)`
const IS_COUNTED = "select 1 from pragma_table_info('llpay_job') where name = 'sent'"
/** Where requests were not counted before. */
const COUNT = [
  'alter table llpay_job add column sent integer not null default 0',
  'update llpay_job set sent = 1 where sent_at is not null',
]
/** Where marks alone were kept before. */
const TAKE_OVER = [
  'create table if not exists llpay_sent (job_id text primary key, sent_at text not null)',
  `insert into llpay_job (job_id, sent, sent_at) select job_id, 1, sent_at from llpay_sent where true
  on conflict (job_id) do nothing`,
]
const READ = 'select sent, outcome from llpay_job where job_id = ?1'
const ADD = `insert into llpay_job (job_id, sent, sent_at) values (?1, 1, current_timestamp)
  on conflict (job_id) do update
  set sent = llpay_job.sent + 1, sent_at = coalesce(llpay_job.sent_at, excluded.sent_at)
  where llpay_job.outcome is null returning sent`
// A job without a row has a count of none.
const KEEP = `insert into llpay_job (job_id, outcome, decided_at) select ?1, ?2, current_timestamp
  where coalesce(?3, 0) = 0 or exists (select 1 from llpay_job where job_id = ?1)
  on conflict (job_id) do update set outcome = excluded.outcome, decided_at = excluded.decided_at
  where llpay_job.outcome is null and (?3 is null or llpay_job.sent = ?3)
  returning outcome`

/**
 * Creates the table of the jobs, `llpay_job`, where it does not exist yet, brings an earlier one up to
 * date, and takes over the marks of `llpay_sent`, in which an earlier version kept them: once, when you set up, and after an upgrade, here
 * or in a migration.
 *
 * @example
 * import { createMarksTable } from '@llpay/edge/queues'
 * declare const env: { readonly DB: Parameters<typeof createMarksTable>[0] }
 * await createMarksTable(env.DB)
 */
export async function createMarksTable(database: D1Like): Promise<void> {
  const run = async (statements: readonly string[]) => {
    for (const statement of statements) await database.prepare(statement).run()
  }
  await run([CREATE])
  if ((await database.prepare(IS_COUNTED).first()) === null) await run(COUNT)
  await run(TAKE_OVER)
}

/**
 * Keeps the marks of a processor, and the outcomes of its jobs, in D1, a row for each job, in the
 * table that `createMarksTable` creates. Pass the database itself, not a session that may read from a
 * replica. Workers KV cannot hold marks: a write takes up to a minute to be visible everywhere.
 *
 * @example
 * import { d1Marks } from '@llpay/edge/queues'
 * declare const env: { readonly DB: Parameters<typeof d1Marks>[0] }
 * console.log(await d1Marks(env.DB).has('0a1b'))
 */
export function d1Marks(database: D1Like): SentMarks {
  /** One column of the row that a statement returns; `undefined` without a row. */
  const ask = async (name: 'sent' | 'outcome', text: string, ...values: unknown[]) => {
    const row = await database
      .prepare(text)
      .bind(...values)
      .first()
    const value: unknown = Reflect.get(Object(row), name)
    return value ?? undefined
  }
  const outcomeOf = async (jobId: string) => {
    const outcome = await ask('outcome', READ, jobId)
    return typeof outcome === 'string' ? outcome : undefined
  }
  return {
    has: async (jobId) => Number((await ask('sent', READ, jobId)) ?? 0) > 0,
    async add(jobId) {
      const sent = await ask('sent', ADD, jobId)
      return sent === undefined ? false : Number(sent)
    },
    outcomeOf,
    async keepOutcome(jobId, outcome, sends) {
      const kept = await ask('outcome', KEEP, jobId, outcome, sends ?? null)
      return kept === undefined ? outcomeOf(jobId) : outcome
    },
  }
}
