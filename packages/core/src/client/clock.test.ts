import { virtualClock } from '@internal/testkit/clocks'
import { plainSigner, plainVerifier, withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'

import { unbind } from '../apis/card/unbind.ts'
import { createUnbindProcessor } from '../bulk/processor.ts'
import { TransportError } from '../errors/transport-error.ts'
import type { Transport } from '../transport/port.ts'
import type { CallerParts } from './call-options.ts'
import { sleepUntil, type Clock } from './clock.ts'
import { createCaller } from './create-caller.ts'

// A virtual clock does not wait for what a call loads on demand.
beforeAll(async () => {
  await import('./execute-call.ts')
  await import('./settle/settle.ts')
})

const gateway = vectorKey('k1024')
const CARD = { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }
const success = {
  status: 200,
  headers: {},
  body: Buffer.from(JSON.stringify(withSign({ ret_code: '0000' }, gateway.pkcs8Pem))),
}
const never: Transport = () => new Promise(() => undefined)
const closed: Transport = async () => {
  throw new TransportError('ERR_TRANSPORT_CLOSED', 'm', { delivered: 'unknown' })
}
const partsOf = (transport: Transport, clock: Clock): CallerParts => ({
  oidPartner: '201304121000001004',
  timeoutMs: 30_000,
  signer: plainSigner(vectorKey('k2048').pkcs8Pem),
  verifiers: [plainVerifier(gateway.spkiPem)],
  clock,
  transport,
})

describe('a whole call runs on the clock that was supplied', () => {
  afterEach(() => vi.restoreAllMocks())

  test.each([
    ['a transport that hangs', never, 30_000],
    ['lost replies', closed, 7_000],
  ])('with %s', async (_, transport, atLeast) => {
    const timer = vi.spyOn(globalThis, 'setTimeout')
    const clock = virtualClock()
    const call = createCaller(partsOf(transport, clock)).call(unbind, CARD)
    await expect(call).rejects.toMatchObject({ code: 'ERR_OUTCOME_UNKNOWN' })
    expect(timer).not.toHaveBeenCalled()
    expect(clock.now()).toBeGreaterThanOrEqual(atLeast)
    expect(clock.now()).toBeLessThanOrEqual(30_250)
  })

  test('and measures durations with it', async () => {
    const clock = virtualClock()
    const durations: number[] = []
    const slow: Transport = async () => {
      await clock.sleep(1234)
      return success
    }
    const onEvent: CallerParts['onEvent'] = (event) => {
      if (event.type === 'answer') durations.push(event.durationMs)
    }
    await createCaller({ ...partsOf(slow, clock), onEvent }).call(unbind, CARD)
    expect(durations).toEqual([1234])
  })
})

test("a processor runs on its caller's clock, or on its own", async () => {
  const callers = virtualClock()
  const own = virtualClock()
  const caller = createCaller(partsOf(never, callers))
  const options = { oidPartner: '201304121000001004', jobIdKey: new Uint8Array(16) }
  await createUnbindProcessor(caller, options).process(CARD)
  expect(callers.now()).toBeGreaterThan(0)
  const before = callers.now()
  await createUnbindProcessor(caller, { ...options, clock: own }).process(CARD)
  expect(callers.now()).toBe(before)
  expect(own.now()).toBeGreaterThan(0)
})

describe('a sleep ends with the signal', () => {
  const deaf: Clock = { now: () => 0, sleep: () => new Promise(() => undefined) }
  const strict: Clock = {
    now: () => 0,
    sleep: (_, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('aborted')))
      }),
  }

  test.each([
    ['ignores it', deaf],
    ['rejects on it', strict],
  ])('also on a clock that %s', async (_, clock) => {
    const controller = new AbortController()
    const asleep = sleepUntil(clock, 1000, controller.signal)
    controller.abort()
    await expect(asleep).resolves.toBeUndefined()
    await expect(sleepUntil(clock, 1000, controller.signal)).resolves.toBeUndefined()
  })
})
