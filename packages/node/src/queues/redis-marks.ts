import type { SentMarks } from '@llpay/core/bulk'

/** What is used of a client of Redis: ioredis and node-redis both have it. */
export interface RedisLike {
  get(key: string): Promise<string | null>
  append(key: string, value: string): Promise<unknown>
}

/** What the lines of a job's key begin with: it was sent, it ended, it ended unless it was sent. */
const SENT = '1'
const ENDED = 'o'
const ENDED_UNSENT = 'u'

/** Reads the lines of a job in their order, which is the same for all workers. */
function readLines(text: string | null): { isSent: boolean; outcome: string | undefined } {
  let [isSent, outcome]: [boolean, string | undefined] = [false, undefined]
  for (const line of (text ?? '').split('\n')) {
    const kind = line.charAt(0)
    if (outcome !== undefined) break
    if (kind === SENT) isSent = true
    if (kind === ENDED || (kind === ENDED_UNSENT && !isSent)) outcome = line.slice(1)
  }
  return { isSent, outcome }
}

/**
 * Keeps the marks of a processor, and the outcomes of its jobs, in Redis, a key for each job, for ever:
 * delete them when the run is over and nothing of it will be added again. What is written is appended,
 * so that all workers read it in one order.
 *
 * Redis must run with `appendonly yes` and without eviction (`maxmemory-policy noeviction`). With
 * `appendfsync always` a mark survives the machine; with `everysec` it survives the death of Redis,
 * and the marks of the last second do not survive the death of the machine. A job whose mark is lost
 * may be reported as `not-bound` although it was unbound. A replica that takes over may lack marks, too.
 *
 * @param prefix what the keys begin with (default: `llpay:sent:`).
 * @example
 * import { redisMarks } from '@llpay/node/bullmq'
 * declare const redis: Parameters<typeof redisMarks>[0] // new Redis(6379) of ioredis
 * console.log(await redisMarks(redis).has('0a1b'))
 */
export function redisMarks(client: RedisLike, prefix = 'llpay:sent:'): SentMarks {
  const read = async (jobId: string) => readLines(await client.get(`${prefix}${jobId}`))
  const write = async (jobId: string, line: string) => {
    // A line end in front as well: a mark of an earlier version has none behind it.
    await client.append(`${prefix}${jobId}`, `\n${line}\n`)
    return read(jobId)
  }
  return {
    has: async (jobId) => (await read(jobId)).isSent,
    add: async (jobId) => (await write(jobId, SENT)).outcome === undefined,
    outcomeOf: async (jobId) => (await read(jobId)).outcome,
    keepOutcome: async (jobId, outcome, unlessSent) =>
      (await write(jobId, `${unlessSent ? ENDED_UNSENT : ENDED}${outcome}`)).outcome,
  }
}
