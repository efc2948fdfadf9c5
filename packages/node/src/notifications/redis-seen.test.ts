import { expect, test } from 'vitest'

import { redisSeen, type RedisCommandsLike } from '../notifications.ts'

/** What a client was sent; it replies to all with the same. */
function clients(reply: string): { sent: string[][]; clients: RedisCommandsLike[] } {
  const sent: string[][] = []
  const take = async (args: string[]) => {
    sent.push(args)
    return reply
  }
  return { sent, clients: [{ call: (...args) => take(args) }, { sendCommand: take }] }
}

// The real service is asked in internal/queues; here only that both clients send the same.
test('ioredis and node-redis send the same commands', async () => {
  const { sent, clients: both } = clients('kept')
  for (const client of both) {
    const seen = redisSeen(client, 'shop:')
    expect(await seen.done('k', 't')).toBe(true)
    await seen.release('k', 't')
  }
  expect(sent.map(([command, , ...args]) => [command, ...args])).toEqual(
    Array.from({ length: 4 }, () => ['EVAL', '1', 'shop:k', 't']),
  )
  expect(sent[0]).toEqual(sent[2])
  expect(sent[1]).toEqual(sent[3])
})

test.each([
  ['busy', 'busy'],
  ['done', 'done'],
  ['something else', 'busy'],
])('a claim that is told %s is %s', async (reply, status) => {
  const seen = redisSeen(clients(reply).clients[0] ?? { sendCommand: async () => '' })
  expect(await seen.claim('k', 1)).toEqual({ status })
})

test('a new claim has a token of its own', async () => {
  const { sent, clients: both } = clients('new')
  const [client = { sendCommand: async () => '' }] = both
  const [one, two] = [
    await redisSeen(client).claim('k', 110_000),
    await redisSeen(client).claim('k', 110_000),
  ]
  expect(one).not.toEqual(two)
  expect(sent[0]?.slice(2)).toEqual(['1', 'llpay:seen:k', expect.any(String), '110000'])
})
