import { TransportError, type Client } from '@llpay/core'
import { createCoreClient } from '@llpay/core/adapter/client'
import { createUnbindProcessor, type SentMarks, type JobOutcome } from '@llpay/core/bulk'
import { handleNotifications, type SeenStore } from '@llpay/core/notifications'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { GATEWAY_VERIFIER, makeKey } from './gateway.ts'
import { BullQueue } from './jobs/queues/bullmq.ts'
import { CloudflareQueue } from './jobs/queues/cloudflare.ts'
import type { MakeHandler } from './receivers/run-receivers.ts'
import { SimulatedDisk } from './runner/disk.ts'
import { runnerSubject } from './runner/run-runner.ts'
import { BrokenHistory, type Subject } from './subject.ts'
import { callsSubject, queueSubject, raceSubject, receiversSubject } from './subjects.ts'

const MOST = 5_000

/** The history in which a subject breaks a rule. */
async function findBroken(subject: Subject, rule: string, path?: string) {
  const property = subject.property((name) => name.includes(rule))
  const replayed = path === undefined ? {} : { path }
  const details = await fc.check(property, {
    seed: 1,
    numRuns: MOST,
    endOnFailure: true,
    ...replayed,
  })
  const { errorInstance: error, counterexamplePath } = details
  if (!(error instanceof BrokenHistory)) throw new Error(`nothing was found: ${String(error)}`)
  return { error, path: counterexamplePath ?? '' }
}

type MakeProcessor = typeof createUnbindProcessor

/** A processor that says something else than the real one. */
const saying =
  (change: (verdict: JobOutcome) => JobOutcome): MakeProcessor =>
  (caller, options) => {
    const processor = createUnbindProcessor(caller, options)
    return {
      ...processor,
      process: async (job, given) => change(await processor.process(job, given)),
    }
  }

/** A processor whose marks are not what they should be. */
const marking =
  (change: (marks: SentMarks) => SentMarks): MakeProcessor =>
  (caller, { marks, ...options }) =>
    createUnbindProcessor(caller, {
      ...options,
      ...(marks === undefined ? {} : { marks: change(marks) }),
    })

/** A client whose transport calls every failure not delivered. */
const denyingDelivery: typeof createCoreClient = (parts) =>
  createCoreClient({
    ...parts,
    transport: async (request, signal) => {
      try {
        return await parts.transport(request, signal)
      } catch (cause) {
        throw new TransportError('ERR_TRANSPORT_CLOSED', 'planted', { delivered: 'no', cause })
      }
    },
  })

/** A client whose `ensureUnbound` is another. */
const ensuring =
  (
    change: (ensure: Client['card']['ensureUnbound']) => Client['card']['ensureUnbound'],
  ): typeof createCoreClient =>
  (parts) => {
    const client = createCoreClient(parts)
    const { card } = client
    const ensure: typeof card.ensureUnbound = (...given) => card.ensureUnbound(...given)
    return { ...client, card: { ...card, ensureUnbound: change(ensure) } }
  }

describe('a planted defect is found', () => {
  test.each<readonly [defect: string, rule: string, processor: MakeProcessor]>([
    [
      'the mark is skipped',
      'without a mark',
      marking((marks) => ({ ...marks, add: async () => 1 })),
    ],
    [
      'outcomes are forgotten',
      'reported twice differently',
      marking((marks) => ({
        ...marks,
        outcomeOf: async () => undefined,
        keepOutcome: async (_, outcome) => outcome,
      })),
    ],
    [
      'what is not bound is called unbound',
      'no false unbound',
      saying((verdict) =>
        verdict.outcome === 'not-bound'
          ? { outcome: 'unbound', evidence: 'signed-query' }
          : verdict,
      ),
    ],
    [
      'what is unclear is called refused',
      'no false refused',
      saying((verdict) =>
        verdict.outcome === 'retry' ? { outcome: 'refused', code: verdict.code } : verdict,
      ),
    ],
    [
      'what is unbound is called not bound',
      'no false not-bound: a request',
      saying((verdict) =>
        verdict.outcome === 'unbound'
          ? {
              outcome: 'not-bound',
              evidence: 'signed-query',
              neverSent: true,
              queried: ['2'],
              undecided: [],
            }
          : verdict,
      ),
    ],
    [
      'what is unclear is called not bound',
      'no false not-bound: it is bound',
      saying((verdict) =>
        verdict.outcome === 'retry'
          ? {
              outcome: 'not-bound',
              evidence: 'signed-query',
              neverSent: true,
              queried: ['2'],
              undecided: [],
            }
          : verdict,
      ),
    ],
  ])('%s', async (_, rule, processor) => {
    const subject = queueSubject('bullmq', (parts) => new BullQueue(parts), {
      makeProcessor: processor,
    })
    const { error } = await findBroken(subject, rule)
    expect(error.message).toContain(rule)
    expect(error.history).toMatch(/REPORTS|sends request/)
  })

  test.each<readonly [denial: string, rule: string, isKept: (sends: number) => boolean]>([
    ['not-bound', 'no false not-bound: a request', (sends) => sends === 0],
    ['refused', 'no false refused', (sends) => sends > 0],
  ])('%s is kept whatever another worker has sent', async (_, rule, isKept) => {
    const makeProcessor = marking((marks) => ({
      ...marks,
      keepOutcome: (job, outcome, sends) =>
        marks.keepOutcome(job, outcome, sends !== undefined && isKept(sends) ? undefined : sends),
    }))
    const { error } = await findBroken(raceSubject({ makeProcessor }), rule)
    expect(error.message).toContain(rule)
  })

  test('a queue of failed jobs loses what it is given', async () => {
    const subject = queueSubject('cloudflare', (parts) => {
      const failedQueue: typeof parts.failedQueue = Object.create(parts.failedQueue, {
        access: { value: async () => undefined },
      })
      return new CloudflareQueue({ ...parts, failedQueue })
    })
    const { error } = await findBroken(subject, 'no job is lost')
    expect(error.message).toContain('nobody has its outcome')
  })

  test('requests share a connection with late duplicates', async () => {
    const subject = callsSubject({ connections: 'shared' })
    const { error } = await findBroken(subject, 'unbound only where')
    expect(error.history).toContain('@twice')
  })

  test('a lost reply is called not delivered', async () => {
    const subject = callsSubject({ makeClient: denyingDelivery })
    expect((await findBroken(subject, 'no byte')).error.message).toContain('not delivered')
  })

  test('one product is queried for all', async () => {
    const makeClient = ensuring(
      (ensure) => (params, options) => ensure(params, { ...options, payTypes: ['2'] }),
    )
    const { error } = await findBroken(callsSubject({ makeClient }), 'bound for no product')
    expect(error.message).toContain('ensure of card')
  })

  test('a card that was unbound for every product is called not bound', async () => {
    const makeClient = ensuring((ensure) => async (...given) => {
      const result = await ensure(...given)
      if (result.outcome === 'not-bound') return result
      return { outcome: 'not-bound', queried: [], undecided: [], evidence: 'signed-query' }
    })
    const { error } = await findBroken(callsSubject({ makeClient }), 'not-bound only where')
    expect(error.message).toContain('not-bound')
  })

  test('a ledger is not synced', async () => {
    class LazyDisk extends SimulatedDisk {
      override of(actor: Parameters<SimulatedDisk['of']>[0]) {
        const disk = super.of(actor)
        return {
          ...disk,
          open: (...given: Parameters<typeof disk.open>) => ({
            ...disk.open(...given),
            sync: async () => undefined,
          }),
        }
      }
    }
    const { error } = await findBroken(runnerSubject(LazyDisk), 'without a mark')
    expect(error.message).toContain('has no mark')
  })
})

/** A receiver whose store is not what it should be. */
const seeing =
  (change: (seen: SeenStore) => Partial<SeenStore>): MakeHandler =>
  ({ seen, ...handling }, verifiers) =>
    handleNotifications({ ...handling, seen: { ...seen, ...change(seen) } }, verifiers)

describe('a planted defect of a receiver is found', () => {
  test.each<readonly [defect: string, rule: string, makeHandler: MakeHandler]>([
    [
      'a lost lease is acknowledged',
      'only what is done',
      seeing((seen) => ({ done: async (...given) => (await seen.done(...given)) || true })),
    ],
    [
      'a copy is acknowledged while the first is in work',
      'only what is done',
      seeing((seen) => ({
        async claim(...given) {
          const claim = await seen.claim(...given)
          return claim.status === 'busy' ? { status: 'done' } : claim
        },
      })),
    ],
    [
      'what is done is delivered again',
      'stored once where its lease holds',
      seeing((seen) => ({
        async claim(...given) {
          const claim = await seen.claim(...given)
          return claim.status === 'done' ? { status: 'new', token: '' } : claim
        },
      })),
    ],
    [
      'a failed delivery keeps its lease for ever',
      'acknowledged in the end',
      seeing((seen) => ({
        claim: (key) => seen.claim(key, Infinity),
        release: async () => undefined,
      })),
    ],
    [
      'the work is not awaited',
      'only what is stored',
      (handling, verifiers) =>
        handleNotifications(
          {
            ...handling,
            async onNotification(notification) {
              handling.onNotification(notification).catch(() => undefined)
            },
          },
          verifiers,
        ),
    ],
    [
      'every signature is accepted',
      'only what is genuine is stored',
      (handling) =>
        handleNotifications(handling, [{ algorithm: 'MD5withRSA', verify: async () => true }]),
    ],
  ])('%s', async (_, rule, makeHandler) => {
    const { error } = await findBroken(receiversSubject(makeHandler), rule)
    expect(error.message).toContain(rule)
  })
})

test('a history is the same each time it is replayed', async () => {
  const subject = queueSubject('bullmq', (parts) => new BullQueue(parts), {
    makeProcessor: marking((marks) => ({ ...marks, add: async () => 1 })),
  })
  const first = await findBroken(subject, 'without a mark')
  const again = await findBroken(subject, 'without a mark', first.path)
  expect(again.error.history).toBe(first.error.history)
  expect(first.error.history).toContain('sends request')
})

test('the cheap signature depends on key and message', async () => {
  const message = new TextEncoder().encode('ret_code=0000')
  const signature = makeKey(1).sign(message)
  expect(await GATEWAY_VERIFIER.verify(message, signature)).toBe(true)
  expect(await GATEWAY_VERIFIER.verify(message, makeKey(2).sign(message))).toBe(false)
  expect(await GATEWAY_VERIFIER.verify(new TextEncoder().encode('ret_code=0001'), signature)).toBe(
    false,
  )
})
