import type { SentMarks } from '@llpay/core/bulk'

/** What is used of a client of PostgreSQL: a `Pool` of pg has it, and so has PGlite. */
export interface PostgresLike {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>
}

const CREATE = `create table if not exists llpay_sent (
  job_id text primary key,
  sent_at timestamptz not null default now()
)`
const HAS = 'select 1 from llpay_sent where job_id = $1'
const ADD = 'insert into llpay_sent (job_id) values ($1) on conflict do nothing'

/**
 * Makes the table of the marks, `llpay_sent`, where it is not there yet. Call it once, when you set up;
 * whoever runs the workers needs no right to make tables.
 *
 * @example
 * import { createMarksTable } from '@llpay/node/pg-boss'
 * declare const pool: Parameters<typeof createMarksTable>[0] // new Pool(...) of pg, or a PGlite
 * await createMarksTable(pool)
 */
export async function createMarksTable(client: PostgresLike): Promise<void> {
  await client.query(CREATE)
}

/**
 * Keeps the marks of a processor in PostgreSQL, a row for each job, in the table that
 * `createMarksTable` made. PostgreSQL must run with `fsync` and `synchronous_commit` on, which is its
 * default, and the client must not be inside of a transaction that may be rolled back.
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
  }
}
