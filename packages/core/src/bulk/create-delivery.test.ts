import { expect, test, vi } from 'vitest'

import { createDelivery } from './create-delivery.ts'
import type { UnbindProcessor } from './create-unbind-processor.ts'
import type { Verdict } from './verdict.ts'

const JOB = { user_id: 'customer', no_agree: '2014031710002121' }
const FIRST = { tries: 1, ageMs: 0 }
const LATER: Verdict = {
  outcome: 'retry',
  code: 'C',
  delayMs: 7,
  stop: false,
  jobId: 'i',
  ref: 'r',
}

/** A processor that says one verdict after the other, or throws what is an error. */
function saying(...verdicts: (Verdict | Error)[]) {
  const process = vi.fn<UnbindProcessor['process']>(async () => {
    const next = verdicts.shift()
    if (next === undefined || next instanceof Error) throw next ?? new Error('nothing left')
    return next
  })
  return { process }
}

test.each<[Verdict, string]>([
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
])('%o ends as %s, and is told', async (verdict, end) => {
  const onVerdict = vi.fn<(verdict: Verdict, job: unknown) => void>()
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

test('touches no card after a verdict that stops, and gives nothing up for it', async () => {
  const processor = saying({ ...LATER, stop: true })
  const onStop = vi.fn<(verdict: Verdict) => void>()
  const deliver = createDelivery(processor, { onStop, maxTries: 1 })
  expect(await deliver(JOB, FIRST)).toMatchObject({ end: 'later', delayMs: 7 })
  expect(await deliver(JOB, FIRST)).toEqual({ end: 'later', delayMs: 600_000 })
  expect(processor.process).toHaveBeenCalledTimes(1)
  expect(onStop).toHaveBeenCalledTimes(1)
})

test('a forged answer fails its job, and stops', async () => {
  const onStop = vi.fn<(verdict: Verdict) => void>()
  const forged: Verdict = { outcome: 'unknown', code: 'ERR_SIGNATURE_INVALID', stop: true }
  const deliver = createDelivery(saying(forged), { onStop })
  expect(await deliver(JOB, FIRST)).toEqual({ end: 'failed', verdict: forged })
  expect(onStop).toHaveBeenCalledTimes(1)
})

test('what the marks or a hook throw is told, and the job comes again', async () => {
  const onError = vi.fn<(error: unknown) => void>()
  const mishap = new Error('marks are down')
  const done: Verdict = { outcome: 'unbound', evidence: 'signed-reply' }
  const onVerdict = async () => {
    throw mishap
  }
  const deliver = createDelivery(saying(mishap, done), { onError, onVerdict })
  const code = 'ERR_DELIVERY_FAILED'
  expect(await deliver(JOB, FIRST)).toMatchObject({ end: 'later', verdict: { code } })
  expect(await deliver(JOB, FIRST)).toMatchObject({ end: 'later', verdict: { code } })
  expect(onError.mock.calls).toEqual([[mishap], [mishap]])
})
