import type { FinalOutcome, UnbindProcessor, JobOutcome } from '@llpay/core/bulk'
import { expect, test, vi } from 'vitest'

import { createUnbindHandler, type MessageLike, type QueueOptions } from './queue-handler.ts'

const JOB = { user_id: 'customer', no_agree: '2014031710002121' }
const REFUSED: JobOutcome = { outcome: 'refused', code: 'ERR_REJECTED', jobId: 'i' }
const UNKNOWN: JobOutcome = {
  outcome: 'unknown',
  code: 'ERR_OUTCOME_UNKNOWN',
  stop: false,
  jobId: 'i',
}
const UNBOUND: JobOutcome = { outcome: 'unbound', evidence: 'signed-reply', jobId: 'i' }
const LATER: JobOutcome = { outcome: 'retry', code: 'C', delayMs: 7_000, stop: false, jobId: 'i' }
const CLOUDFLARE_GIVES_UP = 100

const failing = () => Promise.reject(new Error('down'))

/** Handles one message, and returns what happened to it, in order. */
async function handle(
  verdict: JobOutcome | Error,
  {
    attempts = 1,
    keep,
    ...options
  }: Partial<QueueOptions> & {
    attempts?: number
    keep?: UnbindProcessor['keep']
  } = {},
) {
  const steps: string[] = []
  const message: MessageLike = {
    body: JOB,
    timestamp: new Date(),
    attempts,
    ack: () => steps.push('ack'),
    retry: ({ delaySeconds }) => steps.push(`retry in ${delaySeconds}`),
  }
  const processor: UnbindProcessor = {
    process: async () => {
      if (verdict instanceof Error) throw verdict
      return verdict
    },
    ...(keep === undefined ? {} : { keep }),
  }
  const failed = {
    send: async (body: unknown) => {
      steps.push(`failed ${JSON.stringify(body)}`)
    },
  }
  const onVerdict = ({ outcome }: JobOutcome) => steps.push(`reported ${outcome}`)
  await createUnbindHandler(processor, { failed, onVerdict, ...options })({ messages: [message] })
  return steps
}

test.each<[JobOutcome, readonly string[]]>([
  [UNBOUND, ['reported unbound', 'ack']],
  [
    REFUSED,
    ['reported refused', `failed ${JSON.stringify({ job: JOB, verdict: REFUSED })}`, 'ack'],
  ],
  [
    UNKNOWN,
    ['reported unknown', `failed ${JSON.stringify({ job: JOB, verdict: UNKNOWN })}`, 'ack'],
  ],
  [LATER, ['reported retry', 'retry in 7']],
])('%o: acknowledges last', async (verdict, steps) => {
  expect(await handle(verdict)).toEqual(steps)
})

test.each<[string, JobOutcome | Error, Parameters<typeof handle>[1]]>([
  ['the failed queue', REFUSED, { failed: { send: failing } }],
  ['the failed queue, for a job that is given up', LATER, { failed: { send: failing } }],
  ['onVerdict', UNBOUND, { onVerdict: failing }],
  ['onVerdict, for a job that is given up', LATER, { onVerdict: failing }],
  ['onStop', { ...LATER, stop: true }, { onStop: failing }],
  ['the marks', new Error('down'), {}],
  ['the store of outcomes, for a job that is given up', LATER, { keep: failing }],
  ['onError as well', new Error('down'), { onError: failing }],
])(
  '%s fails: the message is delivered again, also at its last try',
  async (_, verdict, options) => {
    for (const attempts of [1, 50, CLOUDFLARE_GIVES_UP]) {
      const steps = await handle(verdict, { maxTries: 50, attempts, ...options })
      expect(steps).not.toContain('ack')
      expect(steps.at(-1)).toMatch(/^retry in (?:7|30)$/)
    }
  },
)

test('a job that is given up reaches the failed queue as it was kept', async () => {
  const kept: FinalOutcome = { outcome: 'refused', code: 'ERR_REJECTED', jobId: 'i' }
  const keep = vi.fn<NonNullable<UnbindProcessor['keep']>>(async () => kept)
  const steps = await handle(LATER, { maxTries: 50, attempts: 50, keep })
  expect(keep).toHaveBeenCalledWith({
    outcome: 'unknown',
    code: 'C',
    stop: false,
    tries: 50,
    jobId: 'i',
  })
  expect(steps).toEqual([
    'reported refused',
    `failed ${JSON.stringify({ job: JOB, verdict: kept })}`,
    'ack',
  ])
})

test('a message whose job fails does not keep the others of its batch', async () => {
  const acked: number[] = []
  const retried: number[] = []
  const messages = [0, 1, 2].map((index): MessageLike => ({
    body: { ...JOB, index },
    timestamp: new Date(),
    attempts: 1,
    ack: () => acked.push(index),
    retry: () => retried.push(index),
  }))
  const verdicts = [UNBOUND, new Error('down'), UNBOUND]
  const process: UnbindProcessor['process'] = async () => {
    const next = verdicts.shift() ?? LATER
    if (next instanceof Error) throw next
    return next
  }
  await createUnbindHandler({ process }, { failed: { send: failing } })({ messages })
  expect([acked, retried]).toEqual([[0, 2], [1]])
})

test('after a stop the rest goes back, and one job is tried after ten minutes', async () => {
  const clock = { time: 0, now: () => clock.time, sleep: async () => undefined }
  const verdicts: JobOutcome[] = [{ ...LATER, stop: true }, UNBOUND, UNBOUND]
  const steps: string[] = []
  const message: MessageLike = {
    body: JOB,
    timestamp: new Date(),
    attempts: 1,
    ack: () => steps.push('ack'),
    retry: ({ delaySeconds }) => steps.push(`retry in ${delaySeconds}`),
  }
  const handler = createUnbindHandler(
    { process: async () => verdicts.shift() ?? LATER },
    { failed: { send: failing }, clock },
  )
  await handler({ messages: [message, message] })
  clock.time = 599_000
  await handler({ messages: [message] })
  clock.time = 600_000
  await handler({ messages: [message, message] })
  expect(steps).toEqual(['retry in 7', 'retry in 600', 'retry in 600', 'ack', 'ack'])
})
