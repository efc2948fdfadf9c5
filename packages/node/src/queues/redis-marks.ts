import type { SentMarks } from '@llpay/core/bulk'

/** What is used of a client of Redis: ioredis and node-redis both have it. */
export interface RedisLike {
  get(key: string): Promise<string | null>
  append(key: string, value: string): Promise<unknown>
}

/** What the lines of a job's key begin with: one request more, an outcome, an outcome for a count. */
const SENT = '1'
const ENDED = 'o'
/** The count is the number up to the space, and the outcome what follows. */
const ENDED_AT = 'n'

/**
 * Reads the lines of a job in their order, which is the same for all workers. An outcome for a count is
 * one only where just as many requests stand before it; behind the outcome nothing counts.
 */
function readLines(text: string | null): { sends: number; outcome: string | undefined } {
  let [sends, outcome]: [number, string | undefined] = [0, undefined]
  for (const line of (text ?? '').split('\n')) {
    const kind = line.charAt(0)
    const atCount = `${ENDED_AT}${sends} `
    if (outcome !== undefined) break
    if (kind === SENT) sends += 1
    if (kind === ENDED) outcome = line.slice(1)
    if (line.startsWith(atCount)) outcome = line.slice(atCount.length)
  }
  return { sends, outcome }
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
    has: async (jobId) => (await read(jobId)).sends > 0,
    async add(jobId) {
      const { sends, outcome } = await write(jobId, SENT)
      return outcome === undefined ? sends : false
    },
    outcomeOf: async (jobId) => (await read(jobId)).outcome,
    async keepOutcome(jobId, outcome, sends) {
      const kind = sends === undefined ? ENDED : `${ENDED_AT}${sends} `
      return (await write(jobId, `${kind}${outcome}`)).outcome
    },
  }
}
