import { startRedis } from '@internal/testkit/services'
import { createUnbindHandler, redisMarks, toBullJob } from '@llpay/node/bullmq'
import { redisSeen } from '@llpay/node/notifications'
import { Job, Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'

import { nodeProcessor } from '../contract/gateway.ts'
import { EARLIER_KEYS } from '../contract/stores.ts'
import { MAX_TRIES, type Subject, GOOD_JOB } from '../contract/subject.ts'

const NAME = 'unbind'

/** BullMQ on its own Redis. */
export const bullmq: Subject = {
  name: 'BullMQ on Redis',
  deduplicates: true,
  async open({ gatewayUrl }) {
    const redis = await startRedis()
    if (redis === undefined) return undefined
    const connection = { url: redis.url, maxRetriesPerRequest: null }
    const client = new Redis(redis.url)
    const queue = new Queue(NAME, { connection })
    for (const [key, value] of EARLIER_KEYS) await client.set(key, value)
    const marks = redisMarks(client)
    const handler = createUnbindHandler(nodeProcessor(gatewayUrl, marks), {
      maxTries: MAX_TRIES,
      onStop: () => worker.pause(true),
    })
    const worker = new Worker(NAME, handler, { connection, maxStalledCount: 1000 })
    return {
      marks,
      seen: redisSeen(client),
      async add(jobs) {
        await queue.addBulk(
          jobs.map(({ id, data }) => {
            const { name, opts } = toBullJob(GOOD_JOB, id)
            return { name, data, opts }
          }),
        )
      },
      async kept({ id }) {
        // The state first: what a job ends with is there before it has ended.
        const state = await queue.getJobState(id)
        const job = await Job.fromId(queue, id)
        if (state === 'completed') return { end: 'done', verdict: job?.returnvalue }
        if (state !== 'failed') return undefined
        return { end: 'failed', verdict: JSON.parse(job?.failedReason ?? 'null') }
      },
      isStopped: async () => worker.isPaused(),
      async [Symbol.asyncDispose]() {
        await worker.close()
        await queue.close()
        await client.quit()
        await redis[Symbol.asyncDispose]()
      },
    }
  },
}
