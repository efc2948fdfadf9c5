import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { CLI_FILE, runCli } from '@internal/testkit/cli'
import { OID_PARTNER } from '@internal/testkit/merchant'
import { startRedis, startPostgres } from '@internal/testkit/services'
import { merchantKeys } from '@internal/testkit/signing'
import type { UnbindJob } from '@llpay/core/bulk'
import { redisMarks, toBullJob } from '@llpay/node/bullmq'
import { createMarksTable, postgresMarks, toBossJob } from '@llpay/node/pg-boss'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { Pool } from 'pg'
import { PgBoss } from 'pg-boss'

import { ALL_FAULTS, RUN_FAULTS } from '../faults/cases.ts'
import {
  idOf,
  readHooks,
  refuseEnded,
  startWorker,
  QUEUE_SIZES,
  type Subject,
  type Told,
  type OpenSubject,
  type Stage,
} from './subject.ts'

/** BullMQ on Redis. */
export const bullmq: Subject = {
  name: 'BullMQ, Redis',
  ...QUEUE_SIZES,
  faults: ALL_FAULTS,
  async open(stage) {
    const redis = await startRedis()
    if (redis === undefined) return undefined
    const client = new Redis(redis.url)
    const queue = new Queue('unbind', { connection: { url: redis.url } })
    const marks = redisMarks(client)
    return {
      async enqueue(jobs) {
        const made = await Promise.all(jobs.map(async (job) => toBullJob(job, await idOf(job))))
        await queue.addBulk(made)
      },
      startWorker: () => startWorker('bullmq', stage, redis.url),
      async isFinished(worker) {
        refuseEnded(worker)
        return (await queue.getJobCountByTypes('waiting', 'active', 'delayed')) === 0
      },
      async told() {
        const jobs = await queue.getJobs(['completed', 'failed'])
        return jobs.map(({ data, returnvalue, failedReason, attemptsStarted }): Told => {
          // A job that BullMQ itself failed has no outcome, and this throws.
          const { outcome } = returnvalue ?? JSON.parse(failedReason)
          return { no_agree: data.no_agree, outcome, starts: attemptsStarted }
        })
      },
      hooked: () => readHooks(stage),
      isMarked: async (job) => marks.has(await idOf(job)),
      async [Symbol.asyncDispose]() {
        await queue.close()
        await client.quit()
        await redis[Symbol.asyncDispose]()
      },
    }
  },
}

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
      startWorker: () => startWorker('pg-boss', stage, postgres.url),
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

const COLUMNS = ['user_id', 'no_agree', 'pay_type', 'platform'] as const

/** A card as the report of a ledger has it. */
interface Reported {
  readonly ref?: string
  readonly outcome: Told['outcome'] | 'open'
  readonly sentAt?: string
}

// The agreement is the reference as well, so that results and report can be held against the gateway.
const lineOf = (job: UnbindJob) =>
  `${[...COLUMNS.map((name) => job[name] ?? ''), job.no_agree].join(',')}\n`

/** The outcomes in a file of results, torn lines at its end left out. */
function readResults(file: string): Told[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => {
    const { ref, outcome }: { ref: string; outcome: Told['outcome'] } = JSON.parse(line)
    return { no_agree: ref, outcome, starts: 1 }
  })
}

function open({ folder, gatewayUrl }: Stage): OpenSubject {
  const file = (name: string) => join(folder, name)
  const { merchant, gateway } = merchantKeys()
  const env = {
    LLPAY_OID_PARTNER: OID_PARTNER,
    LLPAY_PRIVATE_KEY: merchant.pkcs8Pem,
    LLPAY_GATEWAY_KEY: gateway.spkiPem,
    LLPAY_BASE_URL: gatewayUrl,
    XDG_CONFIG_HOME: folder,
  }
  const flags = ['--rate', 'none', '--concurrency', '64', '--timeout', '1500', '--tries', '20']
  const own = ['--ledger', file('ledger'), '--results', file('results')]
  const command = ['card', 'unbind-many', file('cards.csv'), ...flags, ...own]
  let count = 0
  let report: Promise<readonly Reported[]> | undefined
  const readReport = async () => {
    const args = ['card', 'unbind-many', 'report', file('ledger'), '--json']
    const { cards }: { cards: Reported[] } = JSON.parse((await runCli(args, env)).stdout)
    return cards
  }
  const reported = () => (report ??= readReport())
  let marked: Promise<ReadonlySet<string>> | undefined
  const readMarked = async () => {
    const sent = (await reported()).filter(({ sentAt }) => sentAt !== undefined)
    return new Set(sent.map(({ ref = '' }) => ref))
  }
  return {
    async enqueue(jobs) {
      count = jobs.length
      const header = `${[...COLUMNS, 'ref'].join(',')}\n`
      writeFileSync(file('cards.csv'), [header, ...jobs.map(lineOf)].join(''))
    },
    startWorker: () => spawn(process.execPath, [CLI_FILE, ...command], { env, stdio: 'ignore' }),
    isFinished: async ({ exitCode }) =>
      exitCode !== null && readResults(file('results')).length >= count,
    told: async () => readResults(file('results')),
    recorded: async () =>
      (await reported()).flatMap(({ ref = '', outcome }) =>
        outcome === 'open' ? [] : [{ no_agree: ref, outcome, starts: 1 }],
      ),
    hooked: async () => [],
    isMarked: async ({ no_agree }) => (await (marked ??= readMarked())).has(no_agree),
    [Symbol.asyncDispose]: async () => undefined,
  }
}

/** `llpay card unbind-many`. */
export const runner: Subject = {
  name: 'llpay unbind-many',
  full: { count: 20_000, kills: 50 },
  short: { count: 300, kills: 4 },
  faults: RUN_FAULTS,
  open: async (stage) => open(stage),
}
