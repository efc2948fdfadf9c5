import type { SentMarks } from '@llpay/core/bulk'

/** What is used of a client of PostgreSQL: a `Pool` of pg has it, and so has PGlite. */
export interface PostgresLike {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>
}

const CREATE = [
  `create table if not exists llpay_job (
  job_id text primary key,
  sent_at timestamptz,
  outcome text,
  decided_at timestamptz
)`,
  // Where marks alone were kept before.
  'create table if not exists llpay_sent (job_id text primary key, sent_at timestamptz not null)',
  'insert into llpay_job (job_id, sent_at) select job_id, sent_at from llpay_sent on conflict do nothing',
]
const READ = 'select sent_at, outcome from llpay_job where job_id = $1'
const ADD = `insert into llpay_job (job_id, sent_at) values ($1, now())
  on conflict (job_id) do update set sent_at = coalesce(llpay_job.sent_at, excluded.sent_at)
  where llpay_job.outcome is null returning job_id`
const KEEP = `insert into llpay_job (job_id, outcome, decided_at) values ($1, $2, now())
  on conflict (job_id) do update set outcome = excluded.outcome, decided_at = excluded.decided_at
  where llpay_job.outcome is null and (llpay_job.sent_at is null or not $3::boolean)`

/**
 * Creates the table of the jobs, `llpay_job`, where it does not exist yet, and takes over the marks of
 * `llpay_sent`, in which an earlier version kept them. Call it once, when you set up, and after an
 * upgrade, while no worker runs; the workers need the rights to select, insert and update, and none to
 * create tables.
 *
 * @example
 * import { createMarksTable } from '@llpay/node/pg-boss'
 * declare const pool: Parameters<typeof createMarksTable>[0] // new Pool(...) of pg, or a PGlite
 * await createMarksTable(pool)
 */
export async function createMarksTable(client: PostgresLike): Promise<void> {
  for (const statement of CREATE) await client.query(statement)
}

async function readMember(client: PostgresLike, jobId: string, name: string): Promise<unknown> {
  const [row] = (await client.query(READ, [jobId])).rows
  const value: unknown = Reflect.get(Object(row), name)
  return value ?? undefined
}

async function readOutcome(client: PostgresLike, jobId: string): Promise<string | undefined> {
  const outcome = await readMember(client, jobId, 'outcome')
  return typeof outcome === 'string' ? outcome : undefined
}

/**
 * Keeps the marks of a processor, and the outcomes of its jobs, in PostgreSQL, a row for each job, in
 * the table that `createMarksTable` creates. PostgreSQL must run with `fsync` and `synchronous_commit`
 * on, which is its default, and the client must not be inside a transaction that may be rolled back.
 *
 * @example
 * import { postgresMarks } from '@llpay/node/pg-boss'
 * declare const pool: Parameters<typeof postgresMarks>[0]
 * console.log(await postgresMarks(pool).has('0a1b'))
 */
export function postgresMarks(client: PostgresLike): SentMarks {
  return {
    has: async (jobId) => (await readMember(client, jobId, 'sent_at')) !== undefined,
    add: async (jobId) => (await client.query(ADD, [jobId])).rows.length > 0,
    outcomeOf: (jobId) => readOutcome(client, jobId),
    keepOutcome: async (jobId, outcome, unlessSent) => {
      await client.query(KEEP, [jobId, outcome, unlessSent])
      return readOutcome(client, jobId)
    },
  }
}
