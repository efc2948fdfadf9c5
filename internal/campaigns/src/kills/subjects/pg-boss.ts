import { startPostgres } from '@internal/testkit/services'
import { createMarksTable, postgresMarks, toBossJob } from '@llpay/node/pg-boss'
import { Pool } from 'pg'
import { PgBoss } from 'pg-boss'

import { ALL_FAULTS } from '../../faults/cases.ts'
import { idOf } from '../job-id-key.ts'
import { readHooks, refuseEnded, startWorker } from '../start-worker.ts'
import { QUEUE_SIZES, type Subject, type Told } from '../subject.ts'

const NAME = 'unbind'
/** A job whose worker says nothing for so long is begun again; pg-boss takes no less. */
const HEARTBEAT_SECONDS = 10
const BULK = 1000

const OPEN = `select 1 from pgboss.job
  where name = $1 and state in ('created', 'retry', 'active') limit 1`
const TOLD = `select data->>'no_agree' as no_agree, output->>'outcome' as outcome,
  retry_count + 1 as starts from pgboss.job where name = $1 and state in ('completed', 'failed')`

/** pg-boss on PostgreSQL. */
export const pgBoss: Subject = {
  name: 'pg-boss, PostgreSQL',
  ...QUEUE_SIZES,
  faults: ALL_FAULTS,
  async open(stage) {
    const postgres = await startPostgres()
    if (postgres === undefined) return undefined
    const pool = new Pool({ connectionString: postgres.url })
    pool.on('error', console.error)
    const boss = new PgBoss({ connectionString: postgres.url, supervise: false, schedule: false })
    boss.on('error', console.error)
    await boss.start()
    await boss.createQueue(NAME)
    await createMarksTable(pool)
    const marks = postgresMarks(pool)
    return {
      async enqueue(jobs) {
        const made = await Promise.all(
          jobs.map(async (job) => ({
            ...toBossJob(job, await idOf(job)),
            heartbeatSeconds: HEARTBEAT_SECONDS,
          })),
        )
        for (let start = 0; start < made.length; start += BULK) {
          await boss.insert(NAME, made.slice(start, start + BULK))
        }
      },
      startWorker: () => startWorker('pg-boss-worker.ts', stage, postgres.url),
      async isFinished(worker) {
        refuseEnded(worker)
        return (await pool.query(OPEN, [NAME])).rows.length === 0
      },
      told: async () => (await pool.query<Told>(TOLD, [NAME])).rows,
      hooked: () => readHooks(stage),
      isMarked: async (job) => marks.has(await idOf(job)),
      async [Symbol.asyncDispose]() {
        await boss.stop({ graceful: false })
        await pool.end()
        await postgres[Symbol.asyncDispose]()
      },
    }
  },
}
