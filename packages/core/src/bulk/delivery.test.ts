import { expect, test, vi } from 'vitest'

import { createDelivery } from './delivery.ts'
import type { JobOutcome } from './outcome.ts'
import type { UnbindProcessor } from './processor.ts'

const JOB = { user_id: 'customer', no_agree: '2014031710002121' }
const FIRST = { tries: 1, ageMs: 0 }
const LATER: JobOutcome = {
  outcome: 'retry',
  code: 'C',
  delayMs: 7,
  stop: false,
  jobId: 'i',
  ref: 'r',
}

/** A processor that says one outcome after the other, or throws what is an error. */
function saying(...verdicts: (JobOutcome | Error)[]) {
  const process = vi.fn<UnbindProcessor['process']>(async () => {
    const next = verdicts.shift()
    if (next === undefined || next instanceof Error) throw next ?? new Error('nothing left')
    return next
  })
  return { process }
}

test.each<[JobOutcome, string]>([
  [{ outcome: 'unbound', evidence: 'signed-reply' }, 'done'],
  [
    {
      outcome: 'not-bound',
      evidence: 'signed-query',
      queried: ['2'],
      undecided: [],
      neverSent: true,
    },
    'done',
  ],
  [{ outcome: 'refused', code: 'ERR_REJECTED' }, 'failed'],
  [{ outcome: 'unknown', code: 'ERR_OUTCOME_UNKNOWN', stop: false }, 'failed'],
])('%o ends as %s, and is reported', async (verdict, end) => {
  const onVerdict = vi.fn<(verdict: JobOutcome, job: unknown) => void>()
  const deliver = createDelivery(saying(verdict), { onVerdict })
  expect(await deliver(JOB, FIRST)).toEqual({ end, verdict })
  expect(onVerdict.mock.calls).toEqual([[verdict, JOB]])
})

test('comes again until it was tried often enough or is too old', async () => {
  const options = { maxTries: 3, maxAgeMs: 1000 }
  const deliver = createDelivery(saying(LATER, LATER, LATER), options)
  expect(await deliver(JOB, { tries: 2, ageMs: 999 })).toMatchObject({ end: 'later', delayMs: 7 })
  const verdict = { outcome: 'unknown', code: 'C', stop: false, jobId: 'i', ref: 'r' }
  expect(await deliver(JOB, { tries: 3, ageMs: 0 })).toEqual({
    end: 'failed',
    verdict: { ...verdict, tries: 3 },
  })
  expect(await deliver(JOB, { tries: 1, ageMs: 1000 })).toMatchObject({ end: 'failed' })
})

test.each([99_999_999_000, Infinity])(
  'comes again after five minutes at most: %i',
  async (delayMs) => {
    const deliver = createDelivery(saying({ ...LATER, delayMs }))
    expect(await deliver(JOB, FIRST)).toMatchObject({ end: 'later', delayMs: 300_000 })
  },
)

test.each([NaN, -1])('a delay that is none is none: %i', async (delayMs) => {
  const deliver = createDelivery(saying({ ...LATER, delayMs }))
  expect(await deliver(JOB, FIRST)).toMatchObject({ end: 'later', delayMs: 0 })
})

const STOP: JobOutcome = { ...LATER, stop: true }
const UNBOUND: JobOutcome = { outcome: 'unbound', evidence: 'signed-reply' }
const REJECTED: JobOutcome = { outcome: 'refused', code: 'ERR_REJECTED', returnCode: '4000' }
const GIVEN_BACK = { end: 'later', delayMs: 600_000 }

const failing = () => Promise.reject(new Error('hook'))

/** A clock that is set by hand. */
function handClock() {
  const clock = { time: 0, now: () => clock.time, sleep: () => Promise.resolve() }
  return clock
}

test('touches no card after an outcome that stops, and gives nothing up for it', async () => {
  const processor = saying(STOP)
  const onStop = vi.fn<(verdict: JobOutcome) => void>()
  const clock = handClock()
  const deliver = createDelivery(processor, { onStop, maxTries: 1, clock })
  expect(await deliver(JOB, FIRST)).toMatchObject({ end: 'later', delayMs: 7 })
  clock.time = 599_999
  expect(await deliver(JOB, { tries: 99, ageMs: Infinity })).toEqual(GIVEN_BACK)
  expect(processor.process).toHaveBeenCalledTimes(1)
  expect(onStop).toHaveBeenCalledTimes(1)
})

test('tries one job again ten minutes after a stop, and stops again where it must', async () => {
  const processor = saying(STOP, STOP, UNBOUND, UNBOUND)
  const onStop = vi.fn<(verdict: JobOutcome) => void>()
  const clock = handClock()
  const deliver = createDelivery(processor, { onStop, clock })
  await deliver(JOB, FIRST)
  clock.time = 600_000
  const [probe, other] = await Promise.all([deliver(JOB, FIRST), deliver(JOB, FIRST)])
  expect(probe).toMatchObject({ end: 'later', delayMs: 7 })
  expect(other).toEqual(GIVEN_BACK)
  expect(onStop).toHaveBeenCalledTimes(2)
  clock.time = 1_199_999
  expect(await deliver(JOB, FIRST)).toEqual(GIVEN_BACK)
  clock.time = 1_200_000
  expect(await deliver(JOB, FIRST)).toMatchObject({ end: 'done' })
  expect(await deliver(JOB, FIRST)).toMatchObject({ end: 'done' })
})

test.each<[string, JobOutcome | Error, boolean]>([
  ['a card that is unbound', UNBOUND, true],
  ['a refusal of LianLian', REJECTED, true],
  ['a job that was not sent', { outcome: 'refused', code: 'ERR_PARAMETER_INVALID' }, false],
  ['a gateway out of reach', LATER, false],
  ['a store that fails', new Error('marks are down'), false],
])('after a stop, %s as the job that is tried', async (_, verdict, goesOn) => {
  const processor = saying(STOP, verdict, UNBOUND, UNBOUND)
  const clock = handClock()
  const deliver = createDelivery(processor, { clock })
  await deliver(JOB, FIRST)
  clock.time = 600_000
  await deliver(JOB, FIRST)
  const [next, second] = await Promise.all([deliver(JOB, FIRST), deliver(JOB, FIRST)])
  expect(next).toMatchObject({ end: 'done' })
  expect(second).toMatchObject(goesOn ? { end: 'done' } : GIVEN_BACK)
})

test('a job that is tried and never ends, as when its invocation is killed, is not the last one', async () => {
  const clock = handClock()
  const verdicts = [Promise.resolve(STOP), new Promise<JobOutcome>(() => undefined)]
  const deliver = createDelivery(
    { process: () => verdicts.shift() ?? Promise.resolve(UNBOUND) },
    { clock },
  )
  await deliver(JOB, FIRST)
  clock.time = 600_000
  void deliver(JOB, FIRST)
  clock.time = 1_199_999
  expect(await deliver(JOB, FIRST)).toEqual(GIVEN_BACK)
  clock.time = 1_200_000
  expect(await deliver(JOB, FIRST)).toMatchObject({ end: 'done' })
  expect(await deliver(JOB, FIRST)).toMatchObject({ end: 'done' })
})

test('a job that was in flight at a stop does not end it', async () => {
  const clock = handClock()
  const finished = new EventTarget()
  const slow = new Promise<JobOutcome>((resolve) => {
    finished.addEventListener('finish', () => resolve(UNBOUND))
  })
  const verdicts = [slow, Promise.resolve(STOP)]
  const deliver = createDelivery(
    { process: () => verdicts.shift() ?? Promise.resolve(UNBOUND) },
    { clock },
  )
  const first = deliver(JOB, FIRST)
  await deliver(JOB, FIRST)
  finished.dispatchEvent(new Event('finish'))
  expect(await first).toMatchObject({ end: 'done' })
  expect(await deliver(JOB, FIRST)).toEqual(GIVEN_BACK)
})

test('the worker is stopped also where the hook before that fails', async () => {
  const onStop = vi.fn<(verdict: JobOutcome) => void>()
  const deliver = createDelivery(saying(STOP), { onStop, onVerdict: failing })
  expect(await deliver(JOB, FIRST)).toMatchObject({ end: 'later' })
  expect(onStop).toHaveBeenCalledTimes(1)
})

test('a job that is given up is kept before the hook hears of it, and ends as what was kept', async () => {
  const steps: string[] = []
  const processor: UnbindProcessor = {
    ...saying(LATER, LATER),
    keep: async ({ jobId = '', outcome }) => {
      steps.push(`keep ${outcome}`)
      return { outcome: 'refused', code: 'ERR_REJECTED', jobId }
    },
  }
  const onVerdict = ({ outcome }: JobOutcome) => steps.push(`reported ${outcome}`)
  const deliver = createDelivery(processor, { maxTries: 1, onVerdict })
  expect(await deliver(JOB, FIRST)).toEqual({
    end: 'failed',
    verdict: { outcome: 'refused', code: 'ERR_REJECTED', jobId: 'i' },
  })
  expect(steps).toEqual(['keep unknown', 'reported refused'])
})

test('a forged reply fails its job, and stops', async () => {
  const onStop = vi.fn<(verdict: JobOutcome) => void>()
  const forged: JobOutcome = { outcome: 'unknown', code: 'ERR_SIGNATURE_INVALID', stop: true }
  const deliver = createDelivery(saying(forged), { onStop })
  expect(await deliver(JOB, FIRST)).toEqual({ end: 'failed', verdict: forged })
  expect(onStop).toHaveBeenCalledTimes(1)
})

test.each([FIRST, { tries: 100, ageMs: Infinity }])(
  'what the marks or a hook throw is reported, and the job comes again, however often: %o',
  async (delivery) => {
    const onError = vi.fn<(error: unknown) => void>()
    const mishap = new Error('marks are down')
    const onVerdict = async () => {
      throw mishap
    }
    const keep = async () => {
      throw mishap
    }
    const processor = { ...saying(mishap, UNBOUND, LATER), keep }
    const deliver = createDelivery(processor, { onError, onVerdict })
    const code = 'ERR_DELIVERY_FAILED'
    for (let count = 1; count <= 3; count += 1) {
      expect(await deliver(JOB, delivery)).toMatchObject({ end: 'later', verdict: { code } })
      expect(onError).toHaveBeenCalledTimes(count)
    }
  },
)

test('a hook for errors that fails is not a reason to lose a job', async () => {
  const deliver = createDelivery(saying(new Error('marks are down')), { onError: failing })
  expect(await deliver(JOB, FIRST)).toMatchObject({ end: 'later' })
})
