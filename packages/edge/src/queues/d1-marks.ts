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
  `create table if not exists llpay_sent (
  job_id text primary key,
  sent_at text not null default current_timestamp
)`,
  `create table if not exists llpay_outcome (
  job_id text primary key,
  outcome text not null,
  decided_at text not null default current_timestamp
)`,
]
const HAS = 'select job_id from llpay_sent where job_id = ?1'
const ADD = 'insert into llpay_sent (job_id) values (?1) on conflict do nothing'
const OUTCOME_OF = 'select outcome from llpay_outcome where job_id = ?1'
const KEEP = 'insert into llpay_outcome (job_id, outcome) values (?1, ?2) on conflict do nothing'

/**
 * Creates the tables of the marks, `llpay_sent`, and of the outcomes, `llpay_outcome`, where they do
 * not exist yet: once, when you set up, and after an upgrade, here or in a migration.
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
 * tables that `createMarksTable` creates. Give the database itself, not a session of it that may read
 * from a replica. Workers KV cannot hold marks: what was just written there is not seen everywhere for
 * a minute.
 *
 * @example
 * import { d1Marks } from '@llpay/edge/queues'
 * declare const env: { readonly DB: Parameters<typeof d1Marks>[0] }
 * console.log(await d1Marks(env.DB).has('0a1b'))
 */
export function d1Marks(database: D1Like): SentMarks {
  const outcomeOf = async (jobId: string) => {
    const row = await database.prepare(OUTCOME_OF).bind(jobId).first()
    return row === null ? undefined : String(Reflect.get(Object(row), 'outcome'))
  }
  return {
    has: async (jobId) => (await database.prepare(HAS).bind(jobId).first()) !== null,
    add: async (jobId) => {
      await database.prepare(ADD).bind(jobId).run()
    },
    outcomeOf,
    keepOutcome: async (jobId, outcome) => {
      await database.prepare(KEEP).bind(jobId, outcome).run()
      return (await outcomeOf(jobId)) ?? outcome
    },
  }
}
