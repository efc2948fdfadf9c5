import { virtualClock } from '@internal/testkit/clocks'
import { type Clock, ConfigError } from '@llpay/core'
import type { JobOutcome } from '@llpay/core/bulk'
import { expect, test } from 'vitest'

import type { Row } from '../input/open-input.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { OutcomeRecord } from '../ledger/records.ts'
import { endingOf } from './ending.ts'
import { Pacer } from './pace.ts'
import { runJobs } from './run-jobs.ts'
import { startTally } from './tally.ts'

const OID_PARTNER = '201304121000001004'
const UNBOUND: JobOutcome = { outcome: 'unbound', evidence: 'signed-reply' }
const LATER: JobOutcome = {
  outcome: 'retry',
  code: 'ERR_TRANSPORT_STATUS',
  delayMs: 99_999_999_000,
  stop: false,
}

async function* rowsOf(count: number, failure?: Error): AsyncGenerator<Row> {
  for (let line = 2; line < count + 2; line += 1) {
    yield {
      line,
      bytes: line,
      value: { user_id: `u${line}`, no_agree: `2014031710${10_000 + line}` },
    }
  }
  if (failure !== undefined) throw failure
}

interface Play {
  readonly process: (line: number) => Promise<JobOutcome>
  readonly rows?: AsyncGenerator<Row>
  readonly record?: (line: number) => void
  readonly tell?: (line: number) => void
  readonly signal?: AbortSignal
  /** How many cards the file was counted to hold. */
  readonly total?: number
}

/** Runs jobs on a virtual clock, one after the other, with a ledger in memory. */
async function run({
  process,
  rows = rowsOf(3),
  record,
  tell,
  signal = new AbortController().signal,
  total,
}: Play) {
  const clock: Clock = virtualClock()
  const tally = startTally()
  tally.total = total
  const known = new Map<string, OutcomeRecord['outcome'] | 'sent'>()
  const told: OutcomeRecord[] = []
  const ledger: Ledger = {
    jobKey: new Uint8Array(32),
    marks: {
      has: async (job) => known.has(job),
      add: async (job) => {
        known.set(job, 'sent')
        return 1
      },
      outcomeOf: async () => undefined,
      keepOutcome: async (_, outcome) => outcome,
    },
    meet: () => true,
    outcomeOf: () => undefined,
    isUndecided: () => false,
    wasSent: (job) => known.has(job),
    async record({ job, line, outcome }) {
      record?.(line)
      known.set(job, outcome)
    },
    check: () => undefined,
    close: () => undefined,
  }
  const failure: unknown = await runJobs({
    rows,
    oidPartner: OID_PARTNER,
    processor: {
      async process(job, { jobId = '' } = {}) {
        const line = Number(String(Reflect.get(Object(job), 'user_id')).slice(1))
        await ledger.marks.add(jobId)
        return process(line)
      },
    },
    ledger,
    results: {
      async tell(each) {
        tell?.(each.line)
        told.push(each)
        return true
      },
    },
    pacer: new Pacer(0, clock),
    tally,
    concurrency: 1,
    tries: 3,
    maxFailures: Infinity,
    again: [],
    signal,
    clock,
    time: () => 7,
  }).then(
    () => undefined,
    (error: unknown) => error,
  )
  return { clock, tally, told, failure }
}

test('no delay is longer than five minutes, whatever the gateway asks for', async () => {
  let calls = 0
  const { clock, told } = await run({
    rows: rowsOf(1),
    process: async () => {
      calls += 1
      return calls < 3 ? LATER : UNBOUND
    },
  })
  expect(calls).toBe(3)
  expect(told).toMatchObject([{ line: 2, outcome: 'unbound', at: 7 }])
  expect(clock.now()).toBe(600_000)
})

test('a file that breaks off late hides nothing of what was done', async () => {
  const broken = new ConfigError('ERR_CONFIG_INVALID', 'The CSV file is broken at line 5.')
  const { tally, told, failure } = await run({
    rows: rowsOf(3, broken),
    process: async () => UNBOUND,
  })
  expect(failure).toBe(broken)
  expect(told).toHaveLength(3)
  expect(tally).toMatchObject({ rows: 3, left: 0, inDoubt: 0, outcomes: { unbound: 3 } })
  expect(endingOf({ ...tally, failure: broken }, false)).toMatchObject({
    status: 2,
    code: 'ERR_CONFIG_INVALID',
    message: { en: broken.message },
    delivered: 'unknown',
  })
})

test('a card that was sent, and whose outcome could not be recorded, is in doubt', async () => {
  const full = Object.assign(new Error('full'), { code: 'ENOSPC' })
  const { tally, told, failure } = await run({
    process: async () => UNBOUND,
    record: (line) => {
      if (line === 3) throw full
    },
  })
  expect(failure).toBe(full)
  expect(told).toHaveLength(1)
  expect(tally).toMatchObject({ left: 1, inDoubt: 1, outcomes: { unbound: 1 } })
  const stopped = new ConfigError('ERR_CONFIG_INVALID', 'full')
  expect(endingOf({ ...tally, failure: stopped }, false)).toMatchObject({
    status: 6,
    delivered: 'unknown',
  })
})

test('a card that is on record, and could not be reported, is not in doubt', async () => {
  const full = Object.assign(new Error('full'), { code: 'ENOSPC' })
  const { tally } = await run({
    process: async () => UNBOUND,
    tell: (line) => {
      if (line === 3) throw full
    },
  })
  expect(tally).toMatchObject({ left: 0, inDoubt: 0, outcomes: { unbound: 2 } })
})

test('a file that breaks off while cards wait for another try leaves them to the next run', async () => {
  const broken = new ConfigError('ERR_CONFIG_INVALID', 'broken')
  const { tally } = await run({ rows: rowsOf(2, broken), process: async () => LATER })
  expect(tally).toMatchObject({ left: 2, inDoubt: 2 })
})

test('a reply that cannot be trusted ends a run that was stopped before as what it is', async () => {
  const untrusted: JobOutcome = { outcome: 'unknown', code: 'ERR_SIGNATURE_INVALID', stop: true }
  const stopped = new AbortController()
  const { tally } = await run({
    rows: rowsOf(2),
    signal: stopped.signal,
    process: async () => {
      stopped.abort()
      return untrusted
    },
  })
  expect(tally).toMatchObject({ rows: 1, stop: 'untrusted', stopCode: 'ERR_SIGNATURE_INVALID' })
  expect(endingOf(tally, false)).toMatchObject({ status: 4, code: 'ERR_SIGNATURE_INVALID' })
})

test('a card that was refused after it had been sent is counted as that', async () => {
  const { tally } = await run({
    rows: rowsOf(1),
    process: async () => ({ outcome: 'refused', code: 'ERR_REJECTED', returnCode: '4000' }),
  })
  expect(tally).toMatchObject({ refusedAfterSending: 1, outcomes: { refused: 1 } })
  expect(endingOf(tally, false)).toMatchObject({ status: 3, delivered: 'yes' })
})

test('a run that is interrupted does not wait for rows that are still to come', async () => {
  const stopped = new AbortController()
  async function* idle(): AsyncGenerator<Row> {
    yield* rowsOf(1)
    await new Promise(() => stopped.abort())
  }
  const { tally, told } = await run({
    rows: idle(),
    signal: stopped.signal,
    process: async () => UNBOUND,
  })
  expect(told).toHaveLength(1)
  expect(endingOf(tally, false)).toMatchObject({ status: 130 })
})

test('an interrupt while the last card of a counted file is in flight has stopped nothing', async () => {
  const interrupt = new AbortController()
  const { tally } = await run({
    total: 3,
    signal: interrupt.signal,
    async process(line) {
      if (line === 4) interrupt.abort()
      return UNBOUND
    },
  })
  expect(tally).toMatchObject({ stop: undefined, left: 0, outcomes: { unbound: 3 } })
  expect(endingOf(tally, false)).toBe(undefined)
})

test('a card that was read, and not begun when a run was interrupted, was not started', async () => {
  const interrupt = new AbortController()
  async function* rows(): AsyncGenerator<Row> {
    yield* rowsOf(1)
    yield {
      line: 3,
      bytes: 3,
      get value() {
        interrupt.abort()
        return { user_id: 'u3', no_agree: '2014031710003' }
      },
    }
  }
  const { tally } = await run({
    rows: rows(),
    signal: interrupt.signal,
    process: async () => UNBOUND,
  })
  expect(tally).toMatchObject({ left: 1, untouched: 1, outcomes: { unbound: 1 } })
})
