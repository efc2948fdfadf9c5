import { virtualClock } from '@internal/testkit/clocks'
import { plainSigner, plainVerifier, withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { beforeAll, describe, expect, test, vi } from 'vitest'

import { unbind } from '../apis/card/unbind.ts'
import { TransportError } from '../errors/transport-error.ts'
import type { Signer } from '../signing/ports.ts'
import type { Transport } from '../transport/port.ts'
import type { Clock } from './clock.ts'
import { createCaller } from './create-caller.ts'

const gateway = vectorKey('k1024')
const done = {
  status: 200,
  headers: {},
  body: Buffer.from(JSON.stringify(withSign({ ret_code: '0000' }, gateway.pkcs8Pem))),
}
const params = { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }
const parts = {
  oidPartner: '201304121000001004',
  timeoutMs: 60_000,
  retry: 0,
  settle: 'never' as const,
  signer: plainSigner(vectorKey('k2048').pkcs8Pem),
  verifiers: [plainVerifier(gateway.spkiPem)],
}

// A virtual clock does not wait for what a call loads on demand: a first call loads it.
beforeAll(() => createCaller({ ...parts, transport: async () => done }).call(unbind, params))

/** A call over a transport that counts how often it is used, on a clock that needs no time. */
function callerOver(transport: Transport, changed: Partial<typeof parts & { clock: Clock }> = {}) {
  const sent: string[] = []
  const caller = createCaller({
    ...parts,
    clock: virtualClock(),
    ...changed,
    transport: (request, signal) => {
      sent.push(request.url)
      return transport(request, signal)
    },
  })
  const call = (signal?: AbortSignal) => caller.call(unbind, params, { signal })
  return { call, sent }
}

const never: Transport = () => new Promise(() => undefined)
const obedient: Transport = (_, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
  })
const refuseLate: Transport = (_, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () =>
      reject(new TransportError('ERR_TRANSPORT_CONNECT', 'm', { delivered: 'no' })),
    )
  })

/** Has the caller abort as soon as a step of the call has begun. */
function aborting() {
  const controller = new AbortController()
  const soon = () => queueMicrotask(() => controller.abort())
  return { signal: controller.signal, soon }
}

const silent: Signer = { algorithm: 'MD5withRSA', sign: () => new Promise(() => undefined) }

describe('time', () => {
  test.each([
    ['obeys the signal', obedient],
    ['ignores it', never],
  ])('runs out with a transport that %s', async (_, transport) => {
    const { call, sent } = callerOver(transport, { timeoutMs: 150 })
    await expect(call()).rejects.toMatchObject({
      code: 'ERR_OUTCOME_UNKNOWN',
      cause: { code: 'ERR_TRANSPORT_TIMEOUT', delivered: 'unknown' },
    })
    expect(sent).toHaveLength(1)
  })

  test('runs out before anything was sent', async () => {
    const { call } = callerOver(refuseLate, { timeoutMs: 30 })
    await expect(call()).rejects.toMatchObject({ code: 'ERR_TRANSPORT_TIMEOUT', delivered: 'no' })
  })

  test('covers a signer that never replies', async () => {
    const { call, sent } = callerOver(never, { timeoutMs: 30, signer: silent })
    await expect(call()).rejects.toMatchObject({ code: 'ERR_TRANSPORT_TIMEOUT', delivered: 'no' })
    expect(sent).toHaveLength(0)
  })

  test('that runs out while signing sends nothing', async () => {
    const clock = virtualClock()
    const signer: Signer = {
      algorithm: 'MD5withRSA',
      sign: async (message) => {
        await clock.sleep(60)
        return parts.signer.sign(message)
      },
    }
    const { call, sent } = callerOver(async () => done, { timeoutMs: 20, signer, clock })
    await expect(call()).rejects.toMatchObject({ code: 'ERR_TRANSPORT_TIMEOUT', delivered: 'no' })
    expect(sent).toHaveLength(0)
  })
})

describe('the caller may abort', () => {
  test.each([
    ['answers', parts.signer],
    ['never replies', silent],
  ])('before the call, with a signer that %s', async (_, signer) => {
    const { call, sent } = callerOver(async () => done, { signer })
    await expect(call(AbortSignal.abort())).rejects.toMatchObject({
      code: 'ERR_TRANSPORT_ABORTED',
      delivered: 'no',
    })
    expect(sent).toHaveLength(0)
  })

  test.each([
    ['obeys the signal', obedient],
    ['ignores it', never],
  ])('during the call, with a transport that %s', async (_, transport) => {
    const { signal, soon } = aborting()
    const { call, sent } = callerOver((request, ended) => {
      soon()
      return transport(request, ended)
    })
    await expect(call(signal)).rejects.toMatchObject({
      code: 'ERR_OUTCOME_UNKNOWN',
      cause: { code: 'ERR_TRANSPORT_ABORTED', delivered: 'unknown' },
    })
    expect(sent).toHaveLength(1)
  })

  test('while a signer never replies', async () => {
    const { signal, soon } = aborting()
    const signer: Signer = {
      algorithm: 'MD5withRSA',
      sign: (message) => {
        soon()
        return silent.sign(message)
      },
    }
    const { call, sent } = callerOver(never, { signer })
    await expect(call(signal)).rejects.toMatchObject({
      code: 'ERR_TRANSPORT_ABORTED',
      delivered: 'no',
    })
    expect(sent).toHaveLength(0)
  })

  test('after the reply, without any effect', async () => {
    const controller = new AbortController()
    const { call } = callerOver(async () => done)
    const result = await call(controller.signal)
    controller.abort()
    expect(result.outcome).toBe('unbound')
  })

  test('and a reply that is there already still counts', async () => {
    const controller = new AbortController()
    const { call } = callerOver(async () => {
      controller.abort()
      return done
    })
    await expect(call(controller.signal)).resolves.toMatchObject({ outcome: 'unbound' })
  })
})

describe('a signal that many calls share', () => {
  test('gets one listener, and ends all of them', async () => {
    const controller = new AbortController()
    const listen = vi.spyOn(controller.signal, 'addEventListener')
    let underWay = 0
    const abortLast: Transport = (request, signal) => {
      underWay += 1
      if (underWay === 20) queueMicrotask(() => controller.abort())
      return obedient(request, signal)
    }
    const stopped: Clock = { now: () => 0, sleep: () => new Promise(() => undefined) }
    const { call } = callerOver(abortLast, { clock: stopped })
    const ends = await Promise.allSettled(Array.from({ length: 20 }, () => call(controller.signal)))
    expect(listen).toHaveBeenCalledTimes(1)
    for (const end of ends) {
      expect(end).toMatchObject({ reason: { cause: { code: 'ERR_TRANSPORT_ABORTED' } } })
    }
  })

  test('is not kept busy by calls that ended', async () => {
    const controller = new AbortController()
    const { call } = callerOver(async () => done)
    await call(controller.signal)
    controller.abort()
    await expect(call(controller.signal)).rejects.toMatchObject({ code: 'ERR_TRANSPORT_ABORTED' })
  })
})
