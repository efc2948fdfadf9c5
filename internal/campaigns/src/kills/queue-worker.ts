// A worker that is killed: it must not be asked for anything, and nothing is tidied up.
// Usage: queue-worker.ts bullmq|pg-boss
import { createUnbindHandler as createBullHandler, redisMarks } from '@llpay/node/bullmq'
import {
  bossWorkOptions,
  createUnbindHandler as createBossHandler,
  postgresMarks,
} from '@llpay/node/pg-boss'
import { Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { Pool } from 'pg'
import { PgBoss } from 'pg-boss'

import { CONCURRENCY, createWorkerProcessor, MAX_TRIES, noteVerdict } from './worker-client.ts'

const url = process.env['SERVER_URL'] ?? ''
const DELIVERY = { maxTries: MAX_TRIES, onVerdict: noteVerdict, onError: console.error }

const WORKERS: Readonly<Record<string, () => Promise<void>>> = {
  async bullmq() {
    const processor = await createWorkerProcessor(redisMarks(new Redis(url)))
    const worker = new Worker('unbind', createBullHandler(processor, DELIVERY), {
      connection: { url, maxRetriesPerRequest: null },
      concurrency: CONCURRENCY,
      lockDuration: 3000,
      stalledInterval: 1000,
      maxStalledCount: 1_000_000,
    })
    // A lock that could not be renewed in time says that the job is begun again, which is what this is about.
    worker.on('error', ({ message }) => {
      if (!message.startsWith('could not renew lock')) console.error(message)
    })
  },
  async 'pg-boss'() {
    const pool = new Pool({ connectionString: url })
    const processor = await createWorkerProcessor(postgresMarks(pool))
    const boss = new PgBoss({
      connectionString: url,
      schedule: false,
      superviseIntervalSeconds: 1,
      monitorIntervalSeconds: 1,
    })
    boss.on('error', console.error)
    await boss.start()
    const options = {
      ...bossWorkOptions,
      batchSize: 2,
      localConcurrency: CONCURRENCY,
      pollingIntervalSeconds: 0.5,
    }
    await boss.work('unbind', options, createBossHandler(boss, processor, DELIVERY))
  },
}

await WORKERS[process.argv[2] ?? '']?.()
