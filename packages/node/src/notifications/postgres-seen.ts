import { randomUUID } from 'node:crypto'

import type { SeenStore } from '@llpay/core/notifications'

import type { PostgresLike } from '../queues/postgres-marks.ts'

const CREATE = `create table if not exists llpay_seen (
  key text primary key,
  token text not null,
  leased_until timestamptz not null,
  done_at timestamptz
)`
// The clock of the statement's end: `now()` is when a transaction began, which may have waited for a row.
const CLAIM = `insert into llpay_seen (key, token, leased_until)
  values ($1, $2, clock_timestamp() + $3::double precision * interval '1 millisecond')
  on conflict (key) do update set token = excluded.token, leased_until = excluded.leased_until
  where llpay_seen.done_at is null and llpay_seen.leased_until <= clock_timestamp()
  returning key`
const IS_DONE = 'select key from llpay_seen where key = $1 and done_at is not null'
const DONE = `update llpay_seen set done_at = clock_timestamp()
  where key = $1 and token = $2 and done_at is null returning key`
const RELEASE = 'delete from llpay_seen where key = $1 and token = $2 and done_at is null'

/**
 * Creates the table of the notifications, `llpay_seen`, where it does not exist yet. Call it once, when you
 * set up; the servers need the rights to select, insert, update and delete, and none to create tables.
 *
 * @example
 * import { createSeenTable } from '@llpay/node/notifications'
 * declare const pool: Parameters<typeof createSeenTable>[0] // new Pool(...) of pg, or a PGlite
 * await createSeenTable(pool)
 */
export async function createSeenTable(client: PostgresLike): Promise<void> {
  await client.query(CREATE)
}

/**
 * Remembers notifications in PostgreSQL, a row for each, in the table that `createSeenTable` creates. Every
 * step is one statement, and the server's clock measures the leases. PostgreSQL must run with `fsync` and
 * `synchronous_commit` on, which is its default, and the client must not be inside a transaction.
 *
 * @example
 * import { postgresSeen } from '@llpay/node/notifications'
 * declare const pool: Parameters<typeof postgresSeen>[0]
 * const seen = postgresSeen(pool)
 * console.log(typeof seen.claim)
 */
export function postgresSeen(client: PostgresLike): SeenStore {
  const changes = async (text: string, ...values: unknown[]) =>
    (await client.query(text, values)).rows.length > 0
  return {
    async claim(key, leaseMs) {
      const token = randomUUID()
      if (await changes(CLAIM, key, token, leaseMs)) return { status: 'new', token }
      return { status: (await changes(IS_DONE, key)) ? 'done' : 'busy' }
    },
    done: (key, token) => changes(DONE, key, token),
    async release(key, token) {
      await client.query(RELEASE, [key, token])
    },
  }
}
