import type { UnbindProcessor, JobOutcome } from '@llpay/core/bulk'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { createUnbindHandler as createBullHandler } from './bullmq.ts'
import { createUnbindHandler as createBossHandler, type BossJobLike } from './pg-boss.ts'
import { redisMarks, type RedisLike } from './redis-marks.ts'

const NOW = Date.UTC(2026, 0, 1)

beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }))
afterAll(() => void vi.useRealTimers())

const JOB = { user_id: 'customer', no_agree: '2014031710002121' }
const LATER: JobOutcome = {
  outcome: 'retry',
  code: 'ERR_TRANSPORT_STATUS',
  delayMs: 99_999_999_000,
  stop: false,
}
const UNBOUND: JobOutcome = { outcome: 'unbound', evidence: 'signed-reply' }

const saying = (...verdicts: (JobOutcome | Error)[]): UnbindProcessor => ({
  process: async () => {
    const next = verdicts.shift() ?? LATER
    if (next instanceof Error) throw next
    return next
  },
})

const bullJob = (moveToDelayed: (timestamp: number) => Promise<void>) => ({
  data: JOB,
  timestamp: NOW,
  attemptsStarted: 1,
  moveToDelayed,
})

const bossJob = (id: string): BossJobLike => ({
  id,
  name: 'unbind',
  data: JOB,
  retryCount: 0,
  createdOn: new Date(NOW),
  signal: new AbortController().signal,
})

test('BullMQ: a job is delayed by five minutes at most, whatever the gateway asks for', async () => {
  const moved: number[] = []
  const job = bullJob(async (timestamp) => void moved.push(timestamp))
  await expect(createBullHandler(saying(LATER))(job)).rejects.toMatchObject({
    name: 'DelayedError',
  })
  expect(moved[0]).toBe(NOW + 300_000)
})

test('BullMQ: a job that cannot be delayed is left to stall, and is not failed for good', async () => {
  const onError = vi.fn<(error: unknown) => void>()
  const lost = new Error('Missing lock for job 1')
  const job = bullJob(() => Promise.reject(lost))
  const handler = createBullHandler(saying(LATER), { onError })
  await expect(handler(job)).rejects.toMatchObject({ name: 'DelayedError' })
  expect(onError).toHaveBeenCalledWith(lost)
})

const complaining = [
  [
    'throws',
    () => {
      throw new Error('no log')
    },
  ],
  ['rejects', () => Promise.reject(new Error('no log'))],
] as const

test.each(complaining)('BullMQ: an onError that %s fails no job for good', async (_, onError) => {
  const job = bullJob(() => Promise.reject(new Error('Missing lock for job 1')))
  const handler = createBullHandler(saying(LATER), { onError })
  await expect(handler(job)).rejects.toMatchObject({ name: 'DelayedError' })
})

test.each(complaining)(
  'pg-boss: an onError that %s spoils no job of a batch',
  async (_, onError) => {
    const boss = { fail: () => Promise.reject(new Error('down')), update: async () => undefined }
    const handler = createBossHandler(boss, saying(LATER, UNBOUND), { onError })
    expect(await handler([bossJob('1'), bossJob('2')])).toMatchObject([
      { id: '1', status: 'failed' },
      { id: '2', status: 'completed', output: UNBOUND },
    ])
  },
)

test.each([1, 100, 10_000])(
  'BullMQ: marks that fail delay the job, at try %i as well',
  async (tries) => {
    const moved: number[] = []
    const job = { ...bullJob(async (at) => void moved.push(at)), attemptsStarted: tries }
    const handler = createBullHandler(saying(new Error('down')))
    await expect(handler(job)).rejects.toMatchObject({ name: 'DelayedError' })
    expect(moved).toHaveLength(1)
  },
)

test('pg-boss: a job starts again after five minutes at most', async () => {
  const started: Date[] = []
  const boss = {
    fail: async () => undefined,
    update: async (_: string, __: undefined, { startAfter }: { startAfter: Date }) => {
      started.push(startAfter)
    },
  }
  await createBossHandler(boss, saying(LATER))([bossJob('1')])
  expect(started[0]?.getTime()).toBe(NOW + 300_000)
})

test('pg-boss: a job that cannot be delayed spoils no other of its batch', async () => {
  const onError = vi.fn<(error: unknown) => void>()
  const down = new Error('connection lost')
  const boss = { fail: () => Promise.reject(down), update: async () => undefined }
  const handler = createBossHandler(boss, saying(LATER, UNBOUND), { onError })
  expect(await handler([bossJob('1'), bossJob('2')])).toMatchObject([
    { id: '1', status: 'failed' },
    { id: '2', status: 'completed', output: UNBOUND },
  ])
  expect(onError).toHaveBeenCalledWith(down)
})

/** As much of Redis as the marks use. */
function redisInMemory(values = new Map<string, string>()): RedisLike {
  return {
    get: async (key) => values.get(key) ?? null,
    append: async (key, value) => values.set(key, `${values.get(key) ?? ''}${value}`),
  }
}

test('Redis: of two workers that keep an outcome, both get the first, and a mark is none', async () => {
  const marks = redisMarks(redisInMemory())
  expect(await marks.outcomeOf('a')).toBeUndefined()
  const kept = await Promise.all([
    marks.keepOutcome('a', '{"x":1}'),
    marks.keepOutcome('a', '{"x":2}'),
  ])
  expect(kept).toEqual(['{"x":1}', '{"x":1}'])
  expect(await marks.outcomeOf('a')).toBe('{"x":1}')
  expect(await marks.has('a')).toBe(false)
})

test('Redis: requests are counted until the job has ended', async () => {
  const marks = redisMarks(redisInMemory())
  expect([await marks.add('a'), await marks.add('a')]).toEqual([1, 2])
  expect(await marks.has('a')).toBe(true)
  expect(await marks.keepOutcome('a', '{"x":1}')).toBe('{"x":1}')
  expect(await marks.add('a')).toBe(false)
  expect(await marks.keepOutcome('b', '{"x":1}', 0)).toBe('{"x":1}')
  expect(await marks.add('b')).toBe(false)
  expect(await marks.has('b')).toBe(false)
})

test('Redis: an outcome for a count is kept where the count is that one, and stays', async () => {
  const marks = redisMarks(redisInMemory())
  for (let sends = 1; sends <= 12; sends += 1) await marks.add('a')
  for (const wrong of [0, 1, 2, 11, 13, 120]) {
    expect(await marks.keepOutcome('a', '{"x":1}', wrong)).toBeUndefined()
  }
  expect(await marks.outcomeOf('a')).toBeUndefined()
  expect(await marks.add('a')).toBe(13)
  expect(await marks.keepOutcome('a', '{"x":2}', 13)).toBe('{"x":2}')
  expect(await marks.keepOutcome('a', '{"x":3}', 13)).toBe('{"x":2}')
  expect(await marks.keepOutcome('b', '{"x":1}', 1)).toBeUndefined()
})

test('Redis: of a worker that sends and one that ends the job for a count, one gives way', async () => {
  for (const [before, order] of [0, 1, 2].flatMap(
    (count) =>
      [
        [count, 'add first'],
        [count, 'keep first'],
      ] as const,
  )) {
    const marks = redisMarks(redisInMemory())
    for (let sends = 0; sends < before; sends += 1) await marks.add('a')
    const add = () => marks.add('a')
    const keep = () => marks.keepOutcome('a', '{}', before)
    const ended = await Promise.all(order === 'add first' ? [add(), keep()] : [keep(), add()])
    expect(ended).toEqual(order === 'add first' ? [before + 1, undefined] : ['{}', false])
  }
})

test('Redis: a mark of an earlier version is one', async () => {
  const marks = redisMarks(redisInMemory(new Map([['llpay:sent:a', '1']])))
  expect(await marks.has('a')).toBe(true)
  expect(await marks.keepOutcome('a', '{}', 0)).toBeUndefined()
  expect(await marks.add('a')).toBe(2)
  expect(await marks.keepOutcome('a', '{}')).toBe('{}')
})
