import { virtualClock } from '@internal/testkit/clocks'
import { plainSigner, plainVerifier, withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { beforeAll, describe, expect, test } from 'vitest'

import { list } from '../apis/card/list.ts'
import { unbind } from '../apis/card/unbind.ts'
import { TransportError } from '../errors/transport-error.ts'
import type { HttpResponse } from '../transport/port.ts'
import type { CallOptions } from './call-options.ts'
import { createCaller } from './create-caller.ts'

// A virtual clock does not wait for what a call loads on demand.
beforeAll(async () => {
  await import('./execute-call.ts')
  await import('./settle/settle.ts')
})

const gateway = vectorKey('k1024')
const CARD = { user_id: 'customer', no_agree: '2014031710002121', pay_type: 'D' }

type Step = () => Promise<HttpResponse>
const respond =
  (body: string, status = 200, headers: Record<string, string> = {}): Step =>
  async () => ({ status, headers, body: Buffer.from(body) })
const sealed = (members: Record<string, string>, more: object = {}, key = gateway) =>
  respond(JSON.stringify({ ...more, ...withSign({ sign_type: 'RSA', ...members }, key.pkcs8Pem) }))
const fail =
  (delivered: 'no' | 'unknown'): Step =>
  async () => {
    const code = delivered === 'no' ? 'ERR_TRANSPORT_CONNECT' : 'ERR_TRANSPORT_CLOSED'
    throw new TransportError(code, 'm', { delivered })
  }
const refusal = (ret_code: string) => respond(`{"ret_code":"${ret_code}","ret_msg":"x"}`)
const listOf = (count: string, rows: object[], key = gateway) =>
  sealed({ ret_code: '0000', user_id: CARD.user_id, count }, { agreement_list: rows }, key)

const CLOSED = fail('unknown')
const REFUSED = fail('no')
const HANG: Step = () => new Promise(() => undefined)
const LISTED = listOf('1', [{ no_agree: CARD.no_agree }])
const FORGED_LIST = listOf('0', [], vectorKey('k3072'))
const DOWN = respond('', 503)

interface Script {
  readonly unbind?: readonly Step[]
  readonly list?: readonly Step[]
}

function callerOf(script: Script, timeoutMs = 30_000) {
  const left = { unbind: [...(script.unbind ?? [])], list: [...(script.list ?? [])] }
  const caller = createCaller({
    oidPartner: '201304121000001004',
    timeoutMs,
    retry: 2,
    signer: plainSigner(vectorKey('k2048').pkcs8Pem),
    verifiers: [plainVerifier(gateway.spkiPem)],
    clock: virtualClock(),
    transport: ({ url }) =>
      ((url.endsWith('/bankcardunbind.htm') ? left.unbind : left.list).shift() ?? DOWN)(),
  })
  const { no_agree: _, ...customer } = CARD
  return {
    change: (options?: CallOptions) =>
      caller.call(unbind, CARD, options).catch((error: unknown) => error),
    read: () => caller.call(list, customer).catch((error: unknown) => error),
  }
}

describe('of a change', () => {
  test.each<[string, Script, CallOptions, object]>([
    ['refused, plain', { unbind: [refusal('3003')] }, {}, { delivered: 'yes' }],
    ['refused, signed', { unbind: [sealed({ ret_code: '4000' })] }, {}, { delivered: 'yes' }],
    [
      'refused at the second attempt, the first not delivered',
      { unbind: [REFUSED, refusal('4000')] },
      {},
      { name: 'RejectedError', delivered: 'yes' },
    ],
    ['never connected', { unbind: [REFUSED, REFUSED, REFUSED] }, {}, { delivered: 'no' }],
    [
      'a forged list before it: not a byte of the change was sent',
      { list: [FORGED_LIST] },
      { settle: 'always' },
      { code: 'ERR_SIGNATURE_INVALID', delivered: 'no' },
    ],
    [
      'a list of another customer before it',
      { list: [sealed({ ret_code: '0000', user_id: 'other', count: '0' })] },
      { settle: 'always' },
      { code: 'ERR_REPLY_MISMATCH', delivered: 'no' },
    ],
    [
      'a forged list before it, after an earlier call that may have sent it',
      { list: [FORGED_LIST] },
      { settle: 'always', resume: true },
      { code: 'ERR_SIGNATURE_INVALID', delivered: 'unknown' },
    ],
    [
      'a forged list behind it',
      { unbind: [CLOSED], list: [FORGED_LIST] },
      {},
      { code: 'ERR_SIGNATURE_INVALID', delivered: 'unknown' },
    ],
    [
      'a forged success',
      { unbind: [sealed({ ret_code: '0000' }, {}, vectorKey('k3072'))] },
      {},
      { code: 'ERR_SIGNATURE_INVALID', delivered: 'unknown' },
    ],
    [
      'a code that asks for a query',
      { unbind: [refusal('9999')] },
      { settle: 'never' },
      { code: 'ERR_OUTCOME_UNKNOWN', delivered: 'unknown' },
    ],
  ])('%s', async (_, script, options, expected) => {
    expect(await callerOf(script).change(options)).toMatchObject(expected)
  })

  test.each([['auto' as const], ['always' as const], ['never' as const]])(
    'an earlier call that may have sent it leaves no refusal certain (%s)',
    async (settle) => {
      for (const step of [refusal('3003'), refusal('4000'), REFUSED]) {
        const { change } = callerOf({ unbind: [step, step, step] })
        const outcome = await change({ settle, resume: true })
        expect(outcome).toMatchObject({ code: 'ERR_OUTCOME_UNKNOWN', delivered: 'unknown' })
      }
    },
  )

  test('time that runs out before it was sent', async () => {
    const { change } = callerOf({ list: [HANG] }, 1000)
    const hooks: string[] = []
    const beforeSending = () => new Promise<void>(() => hooks.push('asked'))
    const outcome = await change({ settle: 'always', beforeSending })
    expect(outcome).toMatchObject({ code: 'ERR_TRANSPORT_TIMEOUT', delivered: 'no' })
    expect(hooks).toEqual(['asked'])
  })
})

describe('a hook that throws', () => {
  const thrown = new Error('no disk')
  const beforeSending = () => Promise.reject(thrown)

  test.each(['auto', 'always', 'never'] as const)(
    'before anything was sent (%s)',
    async (settle) => {
      const { change } = callerOf({ list: [LISTED] })
      const expected = {
        name: 'CallbackError',
        code: 'ERR_CALLBACK',
        delivered: 'no',
        cause: thrown,
      }
      expect(await change({ settle, beforeSending })).toMatchObject(expected)
    },
  )

  test.each(['always', 'never'] as const)('in a call that resumes (%s)', async (settle) => {
    const { change } = callerOf({ list: [LISTED] })
    const outcome = await change({ settle, beforeSending, resume: true })
    expect(outcome).toMatchObject({ code: 'ERR_CALLBACK', delivered: 'unknown' })
  })

  test('before the second request, after a first that may have been executed', async () => {
    const { change } = callerOf({ unbind: [CLOSED], list: [LISTED] })
    let calls = 0
    const outcome = await change({
      beforeSending: async () => {
        calls += 1
        if (calls > 1) throw thrown
      },
    })
    expect(outcome).toMatchObject({ code: 'ERR_CALLBACK', delivered: 'unknown', cause: thrown })
    expect(calls).toBe(2)
  })
})

describe('of a read, over all attempts', () => {
  test.each<[string, readonly Step[], object]>([
    [
      'received, then the connection is refused',
      [CLOSED, REFUSED, REFUSED],
      { delivered: 'unknown' },
    ],
    [
      'a status, then the connection is refused',
      [DOWN, REFUSED, REFUSED],
      { delivered: 'unknown' },
    ],
    ['never connected', [REFUSED, REFUSED, REFUSED], { delivered: 'no' }],
    ['never connected, then received', [REFUSED, REFUSED, CLOSED], { delivered: 'unknown' }],
    ['refused by LianLian', [CLOSED, refusal('1008')], { delivered: 'yes', returnCode: '1008' }],
    [
      '503 with Retry-After until the deadline',
      [respond('', 503, { 'retry-after': '3600' })],
      { code: 'ERR_TRANSPORT_TIMEOUT', delivered: 'unknown' },
    ],
    [
      'received, then a repetition that hangs until the deadline',
      [DOWN, HANG],
      { code: 'ERR_TRANSPORT_TIMEOUT', delivered: 'unknown' },
    ],
  ])('%s', async (_, steps, expected) => {
    const error = await callerOf({ list: steps }).read()
    expect(error).toMatchObject(expected)
    expect(String(error)).not.toContain('Nothing was sent')
  })
})

test('a gateway that asks to wait for years is given five minutes', () => {
  const waits = [undefined, 0, 1000, 99_999_999_000, Infinity, -1, Number.NaN].map(
    (retryAfterMs) =>
      new TransportError('ERR_TRANSPORT_STATUS', 'm', { delivered: 'unknown', retryAfterMs })
        .retryAfterMs,
  )
  expect(waits).toEqual([undefined, 0, 1000, 300_000, 300_000, 0, undefined])
})
