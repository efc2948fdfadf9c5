import type { UnbindProcessor, Verdict } from '@llpay/core/bulk'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { createUnbindHandler as createBullHandler } from './bullmq-handler.ts'
import { createUnbindHandler as createBossHandler, type BossJobLike } from './pg-boss-handler.ts'
import { redisMarks, type RedisLike } from './redis-marks.ts'

const NOW = Date.UTC(2026, 0, 1)

beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }))
afterAll(() => void vi.useRealTimers())

const JOB = { user_id: 'customer', no_agree: '2014031710002121' }
const LATER: Verdict = {
  outcome: 'retry',
  code: 'ERR_TRANSPORT_STATUS',
  delayMs: 99_999_999_000,
  stop: false,
}
const UNBOUND: Verdict = { outcome: 'unbound', evidence: 'signed-reply' }

const saying = (...verdicts: (Verdict | Error)[]): UnbindProcessor => ({
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
    marks.keepOutcome('a', '{"x":1}', false),
    marks.keepOutcome('a', '{"x":2}', false),
  ])
  expect(kept).toEqual(['{"x":1}', '{"x":1}'])
  expect(await marks.outcomeOf('a')).toBe('{"x":1}')
  expect(await marks.has('a')).toBe(false)
})

test('Redis: what ended is not sent, and what was sent does not end as not sent', async () => {
  const marks = redisMarks(redisInMemory())
  expect(await marks.add('sent')).toBe(true)
  expect(await marks.has('sent')).toBe(true)
  expect(await marks.keepOutcome('sent', '{"x":1}', true)).toBeUndefined()
  expect(await marks.outcomeOf('sent')).toBeUndefined()
  expect(await marks.keepOutcome('sent', '{"x":2}', false)).toBe('{"x":2}')
  expect(await marks.add('sent')).toBe(false)
  expect(await marks.keepOutcome('ended', '{"x":1}', true)).toBe('{"x":1}')
  expect(await marks.add('ended')).toBe(false)
  expect(await marks.has('ended')).toBe(false)
})

test('Redis: of a worker that sends and one that ends the job as not sent, one gives way', async () => {
  for (let round = 0; round < 20; round += 1) {
    const marks = redisMarks(redisInMemory())
    const [mayGo, kept] = await Promise.all(
      round % 2 === 0
        ? [marks.add('a'), marks.keepOutcome('a', '{}', true)]
        : [marks.keepOutcome('a', '{}', true), marks.add('a')].toReversed(),
    )
    expect([mayGo, kept]).toEqual(mayGo === true ? [true, undefined] : [false, '{}'])
  }
})

test('Redis: a mark of an earlier version is one', async () => {
  const marks = redisMarks(redisInMemory(new Map([['llpay:sent:a', '1']])))
  expect(await marks.has('a')).toBe(true)
  expect(await marks.keepOutcome('a', '{}', true)).toBeUndefined()
  expect(await marks.keepOutcome('a', '{}', false)).toBe('{}')
})
