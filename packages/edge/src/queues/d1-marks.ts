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

const CREATE = `create table if not exists llpay_sent (
  job_id text primary key,
  sent_at text not null default current_timestamp
)`
const HAS = 'select job_id from llpay_sent where job_id = ?1'
const ADD = 'insert into llpay_sent (job_id) values (?1) on conflict do nothing'

/**
 * Makes the table of the marks, `llpay_sent`, where it is not there yet: once, when you set up, here or
 * in a migration.
 *
 * @example
 * import { createMarksTable } from '@llpay/edge/queues'
 * declare const env: { readonly DB: Parameters<typeof createMarksTable>[0] }
 * await createMarksTable(env.DB)
 */
export async function createMarksTable(database: D1Like): Promise<void> {
  await database.prepare(CREATE).run()
}

/**
 * Keeps the marks of a processor in D1, a row for each job, in the table that `createMarksTable` made.
 * Give the database itself, not a session of it that may read from a replica. Workers KV cannot hold
 * marks: what was just written there is not seen everywhere for a minute.
 *
 * @example
 * import { d1Marks } from '@llpay/edge/queues'
 * declare const env: { readonly DB: Parameters<typeof d1Marks>[0] }
 * console.log(await d1Marks(env.DB).has('0a1b'))
 */
export function d1Marks(database: D1Like): SentMarks {
  return {
    has: async (jobId) => (await database.prepare(HAS).bind(jobId).first()) !== null,
    add: async (jobId) => {
      await database.prepare(ADD).bind(jobId).run()
    },
  }
}
