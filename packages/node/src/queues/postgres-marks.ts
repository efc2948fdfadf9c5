import type { SentMarks } from '@llpay/core/bulk'

/** What is used of a client of PostgreSQL: a `Pool` of pg has it, and so has PGlite. */
export interface PostgresLike {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>
}

const CREATE = [
  `create table if not exists llpay_sent (
  job_id text primary key,
  sent_at timestamptz not null default now()
)`,
  `create table if not exists llpay_outcome (
  job_id text primary key,
  outcome text not null,
  decided_at timestamptz not null default now()
)`,
]
const HAS = 'select 1 from llpay_sent where job_id = $1'
const ADD = 'insert into llpay_sent (job_id) values ($1) on conflict do nothing'
const OUTCOME_OF = 'select outcome from llpay_outcome where job_id = $1'
const KEEP = 'insert into llpay_outcome (job_id, outcome) values ($1, $2) on conflict do nothing'

/**
 * Creates the tables of the marks, `llpay_sent`, and of the outcomes, `llpay_outcome`, where they do
 * not exist yet. Call it once, when you set up, and after an upgrade; the workers need the right to
 * select from both and to insert, and none to create tables.
 *
 * @example
 * import { createMarksTable } from '@llpay/node/pg-boss'
 * declare const pool: Parameters<typeof createMarksTable>[0] // new Pool(...) of pg, or a PGlite
 * await createMarksTable(pool)
 */
export async function createMarksTable(client: PostgresLike): Promise<void> {
  for (const statement of CREATE) await client.query(statement)
}

async function readOutcome(client: PostgresLike, jobId: string): Promise<string | undefined> {
  const [row] = (await client.query(OUTCOME_OF, [jobId])).rows
  return row === undefined ? undefined : String(Reflect.get(Object(row), 'outcome'))
}

/**
 * Keeps the marks of a processor, and the outcomes of its jobs, in PostgreSQL, a row for each job, in
 * the tables that `createMarksTable` creates. PostgreSQL must run with `fsync` and `synchronous_commit`
 * on, which is its default, and the client must not be inside a transaction that may be rolled back.
 *
 * @example
 * import { postgresMarks } from '@llpay/node/pg-boss'
 * declare const pool: Parameters<typeof postgresMarks>[0]
 * console.log(await postgresMarks(pool).has('0a1b'))
 */
export function postgresMarks(client: PostgresLike): SentMarks {
  return {
    has: async (jobId) => (await client.query(HAS, [jobId])).rows.length > 0,
    add: async (jobId) => {
      await client.query(ADD, [jobId])
    },
    outcomeOf: (jobId) => readOutcome(client, jobId),
    keepOutcome: async (jobId, outcome) => {
      await client.query(KEEP, [jobId, outcome])
      return (await readOutcome(client, jobId)) ?? outcome
    },
  }
}
