import type { SeenStore } from '@llpay/core/notifications'

import type { D1Like } from '../queues/d1-marks.ts'

const NOW = "cast(unixepoch('subsec') * 1000 as integer)"
const CREATE = `create table if not exists llpay_seen (
  key text primary key,
  token text not null,
  leased_until integer not null,
  done_at integer
)`
const CLAIM = `insert into llpay_seen (key, token, leased_until) values (?1, ?2, ${NOW} + ?3)
  on conflict (key) do update set token = excluded.token, leased_until = excluded.leased_until
  where llpay_seen.done_at is null and llpay_seen.leased_until <= ${NOW}
  returning key`
const IS_DONE = 'select key from llpay_seen where key = ?1 and done_at is not null'
const DONE = `update llpay_seen set done_at = ${NOW}
  where key = ?1 and token = ?2 and done_at is null returning key`
const RELEASE = 'delete from llpay_seen where key = ?1 and token = ?2 and done_at is null'

/**
 * Creates the table of the notifications, `llpay_seen`, where it does not exist yet: once, when you set up,
 * here or in a migration.
 *
 * @example
 * import { createSeenTable } from '@llpay/edge/notifications'
 * declare const env: { readonly DB: Parameters<typeof createSeenTable>[0] }
 * await createSeenTable(env.DB)
 */
export async function createSeenTable(database: D1Like): Promise<void> {
  await database.prepare(CREATE).run()
}

/**
 * Remembers notifications in D1, a row for each, in the table that `createSeenTable` creates. Every step is
 * one statement, and the database's clock measures the leases. Pass the database itself, not a session that
 * may read from a replica. Workers KV cannot do this: a write takes up to a minute to be visible everywhere.
 *
 * @example
 * import { d1Seen } from '@llpay/edge/notifications'
 * declare const env: { readonly DB: Parameters<typeof d1Seen>[0] }
 * const seen = d1Seen(env.DB)
 * console.log(typeof seen.claim)
 */
export function d1Seen(database: D1Like): SeenStore {
  const changes = async (text: string, ...values: unknown[]) =>
    (await database
      .prepare(text)
      .bind(...values)
      .first()) !== null
  return {
    async claim(key, leaseMs) {
      const token = crypto.randomUUID()
      if (await changes(CLAIM, key, token, leaseMs)) return { status: 'new', token }
      return { status: (await changes(IS_DONE, key)) ? 'done' : 'busy' }
    },
    done: (key, token) => changes(DONE, key, token),
    async release(key, token) {
      await database.prepare(RELEASE).bind(key, token).run()
    },
  }
}
