// Unbinds cards through BullMQ: the producer and the worker in one process. README.md says how to run it.
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

import { checkJob, createJobIds, createUnbindProcessor } from '@llpay/core/bulk'
import { createClient } from '@llpay/node'
import { createUnbindHandler, redisMarks, toBullJob } from '@llpay/node/bullmq'
import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'

const QUEUE = 'unbind'
const url = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379'
const connection = { url, maxRetriesPerRequest: null }

const oidPartner = process.env['LLPAY_OID_PARTNER'] ?? ''
// 32 random bytes of your own, kept as long as the jobs.
const jobIdKey = Buffer.from(process.env['LLPAY_JOB_ID_KEY'] ?? '', 'hex')
const client = createClient({
  oidPartner,
  privateKey: readFileSync(process.env['LLPAY_PRIVATE_KEY_FILE'] ?? ''),
  gatewayPublicKey: readFileSync(process.env['LLPAY_GATEWAY_KEY_FILE'] ?? ''),
  baseUrl: process.env['LLPAY_BASE_URL'], // leave it out to reach LianLian itself
})

// The producer. A job that is added twice is left out the second time.
const queue = new Queue(QUEUE, { connection })
const idOf = createJobIds(jobIdKey, oidPartner)
const lines = readFileSync(process.argv[2] ?? '', 'utf8')
  .trim()
  .split('\n')
const jobs = lines.map((line) => checkJob(JSON.parse(line)))
await queue.addBulk(await Promise.all(jobs.map(async (job) => toBullJob(job, await idOf(job)))))

// The worker. It could run anywhere, and as many of it as the rate allows.
const redis = new Redis(url)
const processor = createUnbindProcessor(client, { oidPartner, jobIdKey, marks: redisMarks(redis) })
const handler = createUnbindHandler(processor, {
  maxTries: 50,
  onStop: (verdict) => {
    console.error('stopped', verdict)
    process.exitCode = 1
    return worker.pause(true)
  },
  onError: console.error,
})
const worker = new Worker(QUEUE, handler, {
  connection,
  concurrency: 8,
  limiter: { max: 20, duration: 1000 },
  maxStalledCount: 1000,
})
worker.on('completed', (_, verdict) => console.log(JSON.stringify(verdict)))
worker.on('failed', (job) => console.log(job?.failedReason))

// This example ends when all is done; a worker of yours goes on.
const countOpen = () => queue.getJobCountByTypes('waiting', 'active', 'delayed')
while (!worker.isPaused() && (await countOpen()) > 0) await delay(500)
await worker.close()
await queue.close()
await redis.quit()
