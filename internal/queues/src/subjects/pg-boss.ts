import { PGlite } from '@electric-sql/pglite'
import { startPostgres } from '@internal/testkit/services'
import { createSeenTable, postgresSeen } from '@llpay/node/notifications'
import {
  bossWorkOptions,
  createMarksTable,
  createUnbindHandler,
  postgresMarks,
  toBossJob,
  type PostgresLike,
} from '@llpay/node/pg-boss'
import { Pool } from 'pg'
import { fromPglite, PgBoss } from 'pg-boss'

import { nodeProcessor } from '../contract/gateway.ts'
import { EARLIER_TABLES } from '../contract/stores.ts'
import { MAX_TRIES, type OpenQueue, type Subject, GOOD_JOB } from '../contract/subject.ts'

const NAME = 'unbind'
const DEAD = 'unbind-failed'

async function openOn(
  gatewayUrl: string,
  boss: PgBoss,
  database: PostgresLike,
  close: () => Promise<void>,
): Promise<OpenQueue> {
  let stopped = false
  await boss.start()
  // A server that ends before its idle connections is not a failure of the test.
  boss.on('error', console.error)
  await boss.createQueue(DEAD)
  await boss.createQueue(NAME, { deadLetter: DEAD })
  for (const statement of EARLIER_TABLES) await database.query(statement)
  await createMarksTable(database)
  await createMarksTable(database)
  await createSeenTable(database)
  await createSeenTable(database)
  const marks = postgresMarks(database)
  const handler = createUnbindHandler(boss, nodeProcessor(gatewayUrl, marks), {
    maxTries: MAX_TRIES,
    async onStop() {
      await boss.offWork(NAME, { wait: false })
      stopped = true
    },
  })
  const options = { ...bossWorkOptions, batchSize: 10, pollingIntervalSeconds: 0.5 }
  await boss.work(NAME, options, handler)
  return {
    marks,
    seen: postgresSeen(database),
    async add(jobs) {
      const made = jobs.map(({ id, data }) => ({ ...toBossJob(GOOD_JOB, id), data }))
      await boss.insert(NAME, made)
    },
    async kept({ id }) {
      const job = await boss.getJobById(NAME, toBossJob(GOOD_JOB, id).id)
      if (job?.state === 'completed') return { end: 'done', verdict: job.output }
      return job?.state === 'failed' ? { end: 'failed', verdict: job.output } : undefined
    },
    isStopped: async () => stopped,
    async [Symbol.asyncDispose]() {
      await boss.stop()
      await close()
    },
  }
}

/** pg-boss on PGlite, in this process. */
export const pgBossOnPglite: Subject = {
  name: 'pg-boss on PGlite',
  deduplicates: true,
  async open({ gatewayUrl }) {
    const pglite = await PGlite.create()
    const boss = new PgBoss({ db: fromPglite(pglite), backend: 'pglite' })
    return openOn(gatewayUrl, boss, pglite, () => pglite.close())
  },
}

/** pg-boss on its own PostgreSQL. */
export const pgBossOnPostgres: Subject = {
  name: 'pg-boss on PostgreSQL',
  deduplicates: true,
  async open({ gatewayUrl }) {
    const postgres = await startPostgres()
    if (postgres === undefined) return undefined
    const pool = new Pool({ connectionString: postgres.url })
    pool.on('error', console.error)
    return openOn(gatewayUrl, new PgBoss(postgres.url), pool, async () => {
      await pool.end()
      await postgres[Symbol.asyncDispose]()
    })
  },
}
