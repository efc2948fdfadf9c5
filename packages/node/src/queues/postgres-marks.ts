import type { SentMarks } from '@llpay/core/bulk'

/** What is used of a client of PostgreSQL: a `Pool` of pg has it, and so has PGlite. */
export interface PostgresLike {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>
}

const CREATE = [
  `create table if not exists llpay_job (
  job_id text primary key,
  sent integer not null default 0,
  sent_at timestamptz,
  outcome text,
  decided_at timestamptz
)`,
  // Where requests were not counted before.
  'alter table llpay_job add column if not exists sent integer not null default 0',
  'update llpay_job set sent = 1 where sent = 0 and sent_at is not null',
  // Where marks alone were kept before.
  'create table if not exists llpay_sent (job_id text primary key, sent_at timestamptz not null)',
  `insert into llpay_job (job_id, sent, sent_at) select job_id, 1, sent_at from llpay_sent
  on conflict (job_id) do nothing`,
]
const READ = 'select sent, outcome from llpay_job where job_id = $1'
const ADD = `insert into llpay_job (job_id, sent, sent_at) values ($1, 1, now())
  on conflict (job_id) do update
  set sent = llpay_job.sent + 1, sent_at = coalesce(llpay_job.sent_at, excluded.sent_at)
  where llpay_job.outcome is null returning sent`
// A job without a row has a count of none.
const KEEP = `insert into llpay_job (job_id, outcome, decided_at) select $1, $2, now()
  where coalesce($3::integer, 0) = 0 or exists (select from llpay_job where job_id = $1)
  on conflict (job_id) do update set outcome = excluded.outcome, decided_at = excluded.decided_at
  where llpay_job.outcome is null and ($3::integer is null or llpay_job.sent = $3::integer)
  returning outcome`

/**
 * Creates the table of the jobs, `llpay_job`, where it does not exist yet, brings an earlier one up to
 * date, and takes over the marks of `llpay_sent`, in which an earlier version kept them. Call it once, when you set up, and after an
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

/** One member of the row that a statement gives; `undefined` where it gives none. */
async function ask(
  client: PostgresLike,
  name: 'sent' | 'outcome',
  text: string,
  ...values: unknown[]
): Promise<unknown> {
  const [row] = (await client.query(text, values)).rows
  const value: unknown = Reflect.get(Object(row), name)
  return value ?? undefined
}

async function readOutcome(client: PostgresLike, jobId: string): Promise<string | undefined> {
  const outcome = await ask(client, 'outcome', READ, jobId)
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
    has: async (jobId) => Number((await ask(client, 'sent', READ, jobId)) ?? 0) > 0,
    async add(jobId) {
      const sent = await ask(client, 'sent', ADD, jobId)
      return sent === undefined ? false : Number(sent)
    },
    outcomeOf: (jobId) => readOutcome(client, jobId),
    async keepOutcome(jobId, outcome, sends) {
      const kept = await ask(client, 'outcome', KEEP, jobId, outcome, sends ?? null)
      return kept === undefined ? readOutcome(client, jobId) : outcome
    },
  }
}
