import { startPostgres, startRedis } from '@internal/testkit/services'
import type { SeenStore } from '@llpay/core/notifications'
import { createSeenTable, postgresSeen, redisSeen } from '@llpay/node/notifications'
import { Redis } from 'ioredis'
import { Pool } from 'pg'

/** Where a receiver remembers notifications, and stores what they say. */
export interface ReceiverStore extends AsyncDisposable {
  readonly seen: SeenStore
  /** Stores a notification, durably. */
  store(no_order: string): Promise<void>
  /** How often a notification was stored. */
  stored(no_order: string): Promise<number>
  /** Ends every lease, as time does for a receiver that is dead. */
  endLeases(): Promise<void>
}

/** The kinds of databases. */
export type StoreName = 'Redis' | 'PostgreSQL'

function openRedis(url: string): ReceiverStore {
  const client = new Redis(url)
  return {
    seen: redisSeen(client),
    async store(no_order) {
      await client.incr(`stored:${no_order}`)
    },
    stored: async (no_order) => Number((await client.get(`stored:${no_order}`)) ?? 0),
    async endLeases() {
      for (const key of await client.keys('llpay:seen:*')) {
        const held = await client.get(key)
        if (held !== null && held !== 'done') await client.set(key, held.replace(/^\d+/, '0'))
      }
    },
    async [Symbol.asyncDispose]() {
      await client.quit()
    },
  }
}

function openPostgres(url: string): ReceiverStore {
  const pool = new Pool({ connectionString: url })
  pool.on('error', console.error)
  return {
    seen: postgresSeen(pool),
    async store(no_order) {
      await pool.query('insert into stored values ($1)', [no_order])
    },
    async stored(no_order) {
      const { rows } = await pool.query('select no_order from stored where no_order = $1', [
        no_order,
      ])
      return rows.length
    },
    async endLeases() {
      await pool.query('update llpay_seen set leased_until = now() where done_at is null')
    },
    async [Symbol.asyncDispose]() {
      await pool.end()
    },
  }
}

/** Opens a store on a server that runs. */
export const openStore = (name: StoreName, url: string): ReceiverStore =>
  name === 'Redis' ? openRedis(url) : openPostgres(url)

/** Starts a database of its own; nothing where it is not installed. */
export async function startDatabase(name: StoreName) {
  const service = await (name === 'Redis' ? startRedis() : startPostgres())
  if (service === undefined || name === 'Redis') return service
  const pool = new Pool({ connectionString: service.url })
  await createSeenTable(pool)
  await pool.query('create table stored (no_order text)')
  await pool.query('create index on stored (no_order)')
  await pool.end()
  return service
}
