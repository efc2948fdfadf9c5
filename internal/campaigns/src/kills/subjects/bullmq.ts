import { startRedis } from '@internal/testkit/services'
import { redisMarks, toBullJob } from '@llpay/node/bullmq'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'

import { ALL_FAULTS } from '../../faults/cases.ts'
import { idOf } from '../job-id-key.ts'
import { readHooks, refuseEnded, startWorker } from '../start-worker.ts'
import { QUEUE_SIZES, type Subject, type Told } from '../subject.ts'

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
      startWorker: () => startWorker('bullmq-worker.ts', stage, redis.url),
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
