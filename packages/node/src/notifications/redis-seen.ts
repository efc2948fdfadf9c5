import { randomUUID } from 'node:crypto'

import type { SeenStore } from '@llpay/core/notifications'

/** What is used of a client of Redis: ioredis has `call`, node-redis has `sendCommand`. */
export type RedisCommandsLike =
  | { call(command: string, ...args: string[]): Promise<unknown> }
  | { sendCommand(args: string[]): Promise<unknown> }

/** A key holds `done`, or the end of a lease in milliseconds of the server's clock, a space and its token. */
const CLAIM = `
local held = redis.call('GET', KEYS[1])
if held == 'done' then return 'done' end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if held and tonumber(string.match(held, '^%d+')) > now then return 'busy' end
redis.call('SET', KEYS[1], string.format('%.0f', now + ARGV[2]) .. ' ' .. ARGV[1])
return 'new'`

const IF_MINE = `
local held = redis.call('GET', KEYS[1])
if not held or string.match(held, ' (.*)$') ~= ARGV[1] then return 'lost' end
`
const DONE = `${IF_MINE}redis.call('SET', KEYS[1], 'done')
return 'kept'`
const RELEASE = `${IF_MINE}redis.call('DEL', KEYS[1])
return 'kept'`

function send(client: RedisCommandsLike, args: [string, ...string[]]): Promise<unknown> {
  return 'call' in client ? client.call(...args) : client.sendCommand(args)
}

/**
 * Remembers notifications in Redis, a key for each, for ever. Every step is one script on the server, whose
 * clock measures the leases.
 *
 * Redis must run with `appendonly yes` and without eviction (`maxmemory-policy noeviction`). With
 * `appendfsync always` what was delivered is remembered even if the machine dies; with `everysec`, or after
 * a replica took over, the notifications of the last second may be delivered again.
 *
 * @param prefix what the keys begin with (default: `llpay:seen:`).
 * @example
 * import { redisSeen } from '@llpay/node/notifications'
 * declare const redis: Parameters<typeof redisSeen>[0] // new Redis(6379) of ioredis, or a client of node-redis
 * const seen = redisSeen(redis)
 * console.log(typeof seen.claim)
 */
export function redisSeen(client: RedisCommandsLike, prefix = 'llpay:seen:'): SeenStore {
  const run = async (script: string, key: string, ...args: string[]) =>
    String(await send(client, ['EVAL', script, '1', `${prefix}${key}`, ...args]))
  return {
    async claim(key, leaseMs) {
      const token = randomUUID()
      const status = await run(CLAIM, key, token, String(leaseMs))
      if (status === 'new') return { status, token }
      return { status: status === 'done' ? 'done' : 'busy' }
    },
    done: async (key, token) => (await run(DONE, key, token)) === 'kept',
    async release(key, token) {
      await run(RELEASE, key, token)
    },
  }
}
