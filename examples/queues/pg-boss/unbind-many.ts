// Unbinds cards through pg-boss: the producer and the worker in one process. Without DATABASE_URL it
// takes PGlite, PostgreSQL in this very process. README.md says how to run it.
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

import { checkJob, createJobIds, createUnbindProcessor } from '@llpay/core/bulk'
import { createClient } from '@llpay/node'
import {
  bossWorkOptions,
  createMarksTable,
  createUnbindHandler,
  postgresMarks,
  toBossJob,
} from '@llpay/node/pg-boss'

import { openDatabase } from './open-database.ts'

const QUEUE = 'unbind'
const FAILED = 'unbind-failed'

const oidPartner = process.env['LLPAY_OID_PARTNER'] ?? ''
// 32 random bytes of your own, kept as long as the jobs.
const jobIdKey = Buffer.from(process.env['LLPAY_JOB_ID_KEY'] ?? '', 'hex')
const client = createClient({
  oidPartner,
  privateKey: readFileSync(process.env['LLPAY_PRIVATE_KEY_FILE'] ?? ''),
  gatewayPublicKey: readFileSync(process.env['LLPAY_GATEWAY_KEY_FILE'] ?? ''),
  baseUrl: process.env['LLPAY_BASE_URL'], // leave it out to reach LianLian itself
})

const { boss, database, close } = await openDatabase(
  process.env['DATABASE_URL'],
  process.env['PGLITE_FOLDER'],
)
boss.on('error', console.error)
await boss.start()
await boss.createQueue(FAILED)
await boss.createQueue(QUEUE, { deadLetter: FAILED })
await createMarksTable(database)

// The producer. A job that is added twice is left out the second time.
const idOf = createJobIds(jobIdKey, oidPartner)
const lines = readFileSync(process.argv[2] ?? '', 'utf8')
  .trim()
  .split('\n')
const jobs = lines.map((line) => checkJob(JSON.parse(line)))
await boss.insert(
  QUEUE,
  await Promise.all(jobs.map(async (job) => toBossJob(job, await idOf(job)))),
)

// The worker: ten cards every half second at most, one after the other.
const marks = postgresMarks(database)
const processor = createUnbindProcessor(client, { oidPartner, jobIdKey, marks })
const stopping = new AbortController()
const handler = createUnbindHandler(boss, processor, {
  maxTries: 50,
  onVerdict: (verdict) => console.log(JSON.stringify(verdict)),
  onStop: (verdict) => {
    console.error('stopped', verdict)
    process.exitCode = 1
    stopping.abort()
    return boss.offWork(QUEUE, { wait: false })
  },
  onError: console.error,
})
const options = { ...bossWorkOptions, batchSize: 10, pollingIntervalSeconds: 0.5 }
await boss.work(QUEUE, options, handler)

// This example ends when all is done; a worker of yours goes on.
const OPEN = `select 1 from pgboss.job
  where name = $1 and state in ('created', 'retry', 'active') limit 1`
const isOpen = async () => (await database.query(OPEN, [QUEUE])).rows.length > 0
while (!stopping.signal.aborted && (await isOpen())) await delay(500)
await boss.stop()
await close()
