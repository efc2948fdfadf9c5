import { createUnbindHandler, redisMarks } from '@llpay/node/bullmq'
import { Worker } from 'bullmq'
import { Redis } from 'ioredis'

import { CONCURRENCY, createWorkerProcessor, MAX_TRIES, noteVerdict } from './worker-client.ts'

// A worker that is killed: it must not be asked for anything, and nothing is tidied up.
const url = process.env['SERVER_URL'] ?? ''
const processor = await createWorkerProcessor(redisMarks(new Redis(url)))
const handler = createUnbindHandler(processor, {
  maxTries: MAX_TRIES,
  onVerdict: noteVerdict,
  onError: console.error,
})
const worker = new Worker('unbind', handler, {
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
