import { PGlite } from '@electric-sql/pglite'
import type { PostgresLike } from '@llpay/node/pg-boss'
import { Pool } from 'pg'
import { fromPglite, PgBoss } from 'pg-boss'

/** A pg-boss, and the database that the marks are kept in. */
export interface Opened {
  readonly boss: PgBoss
  readonly database: PostgresLike
  readonly close: () => Promise<void>
}

/** Opens PostgreSQL if there is a URL; otherwise PGlite, in a folder if one is given or else in memory. */
export async function openDatabase(url?: string, folder?: string): Promise<Opened> {
  if (url !== undefined) {
    const pool = new Pool({ connectionString: url })
    pool.on('error', console.error)
    return { boss: new PgBoss(url), database: pool, close: () => pool.end() }
  }
  const pglite = await PGlite.create(folder)
  const boss = new PgBoss({ db: fromPglite(pglite), backend: 'pglite' })
  return { boss, database: pglite, close: () => pglite.close() }
}
