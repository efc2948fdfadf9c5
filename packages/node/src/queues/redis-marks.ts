import type { SentMarks } from '@llpay/core/bulk'

/** What is used of a client of Redis: ioredis and node-redis both have it. */
export interface RedisLike {
  set(key: string, value: string): Promise<unknown>
  exists(key: string): Promise<number>
  get(key: string): Promise<string | null>
  append(key: string, value: string): Promise<unknown>
}

/**
 * Keeps the marks of a processor, and the outcomes of its jobs, in Redis, two keys for each job, for
 * ever: delete them when the run is over and nothing of it will be added again.
 *
 * Redis must run with `appendonly yes` and without eviction (`maxmemory-policy noeviction`). With
 * `appendfsync always` a mark survives the machine; with `everysec` it survives the death of Redis,
 * and the marks of the last second do not survive the death of the machine. A job whose mark is lost
 * may be reported as `not-bound` although it was unbound. A replica that takes over may lack marks, too.
 *
 * @param prefix what the keys begin with (default: `llpay:sent:`); those of outcomes end with `:outcome`.
 * @example
 * import { redisMarks } from '@llpay/node/bullmq'
 * declare const redis: Parameters<typeof redisMarks>[0] // new Redis(6379) of ioredis
 * console.log(await redisMarks(redis).has('0a1b'))
 */
export function redisMarks(client: RedisLike, prefix = 'llpay:sent:'): SentMarks {
  const outcomeKey = (jobId: string) => `${prefix}${jobId}:outcome`
  const outcomeOf = async (jobId: string) => {
    const text = await client.get(outcomeKey(jobId))
    return text?.split('\n')[0]
  }
  return {
    has: async (jobId) => (await client.exists(`${prefix}${jobId}`)) > 0,
    add: async (jobId) => {
      await client.set(`${prefix}${jobId}`, '1')
    },
    outcomeOf,
    // Both clients call this one command alike, and of two that append, one is the first.
    keepOutcome: async (jobId, outcome) => {
      await client.append(outcomeKey(jobId), `${outcome}\n`)
      return (await outcomeOf(jobId)) ?? outcome
    },
  }
}
