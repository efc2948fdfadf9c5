import { virtualClock } from '@internal/testkit/clocks'
import { plainSigner, plainVerifier, withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { beforeAll, describe, expect, test } from 'vitest'

import { unbind } from '../../apis/card/unbind.ts'
import { TransportError } from '../../errors/transport-error.ts'
import type { HttpResponse } from '../../transport/port.ts'
import type { CallerParts } from '../call-options.ts'
import { createCaller } from '../create-caller.ts'
import type { ClientEvent } from '../events.ts'

// A virtual clock does not wait for what a call loads on demand.
beforeAll(async () => {
  await import('../execute-call.ts')
  await import('./settle.ts')
})

const gateway = vectorKey('k1024')
const stranger = vectorKey('k3072')
const CARD = { user_id: 'customer', no_agree: '2014031710002121', pay_type: 'D' }

type Step = () => Promise<HttpResponse>

const respond =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Step =>
  async () => ({
    status,
    headers,
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  })
const sealed = (members: Record<string, string>, unsigned: object = {}, key = gateway): Step =>
  respond({ ...unsigned, ...withSign({ sign_type: 'RSA', ...members }, key.pkcs8Pem) })
const broken =
  (delivered: 'no' | 'unknown'): Step =>
  async () => {
    throw new TransportError(
      delivered === 'no' ? 'ERR_TRANSPORT_CONNECT' : 'ERR_TRANSPORT_CLOSED',
      'm',
      { delivered },
    )
  }

const SUCCESS = sealed({ ret_code: '0000', ret_msg: 'ok' })
const hang: Step = () => new Promise(() => undefined)
const CLOSED = broken('unknown')
const REFUSED = broken('no')
const NOT_FOUND = respond({ ret_code: '3003', ret_msg: 'x' })
const list = (count: string, rows: object[], user_id = CARD.user_id) =>
  sealed({ ret_code: '0000', ret_msg: 'ok', user_id, count }, { agreement_list: rows })
const LISTED = list('1', [{ no_agree: CARD.no_agree, card_no: '0000' }])
const GONE = respond({ ret_code: '8901', ret_msg: 'x' })
const GONE_SIGNED = list('0', [])
const OTHER_ROW = list('1', [{ no_agree: '1' }])
const DOWN = respond('', 503)
const MISSING = respond('', 404)
const FORBIDDEN = respond({ ret_code: '1008' })

interface Script {
  readonly unbind: readonly Step[]
  readonly list?: readonly Step[]
  /** Replies of the list for other products than the one named. */
  readonly elsewhere?: Readonly<Record<string, Step>>
}

/** Runs a call against a gateway that replies by the book of one test. */
async function play(script: Script, changed: Partial<CallerParts> = {}, params: object = CARD) {
  const asked: Record<string, string>[] = []
  const events: ClientEvent[] = []
  const times: number[] = []
  const left = { unbind: [...script.unbind], list: [...(script.list ?? [])] }
  const clock = virtualClock()
  const caller = createCaller({
    oidPartner: '201304121000001004',
    timeoutMs: 60_000,
    retry: 2,
    signer: plainSigner(vectorKey('k2048').pkcs8Pem),
    verifiers: [plainVerifier(gateway.spkiPem)],
    clock,
    onEvent: (event) => events.push(event),
    transport: ({ url, body }) => {
      const members: Record<string, string> = JSON.parse(Buffer.from(body).toString())
      times.push(clock.now())
      asked.push({ path: new URL(url).pathname, ...members })
      if (url.endsWith('/bankcardunbind.htm')) return (left.unbind.shift() ?? CLOSED)()
      const other = script.elsewhere?.[members['pay_type'] ?? '']
      if (members['pay_type'] !== (Reflect.get(params, 'pay_type') ?? '2')) return (other ?? GONE)()
      return (left.list.shift() ?? DOWN)()
    },
    ...changed,
  })
  const outcome: unknown = await caller
    .call(unbind, { ...CARD, ...params })
    .catch((error: unknown) => error)
  const unbinds = asked.filter(({ path }) => path === '/bankcardunbind.htm').length
  const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0))
  return { outcome, asked, events, waits, unbinds, ended: clock.now() }
}

describe('auto', () => {
  test.each<[string, Script, object, number]>([
    [
      'a signed success asks nothing',
      { unbind: [SUCCESS] },
      { outcome: 'unbound', evidence: 'signed-reply', attempts: 1 },
      1,
    ],
    [
      'a first refusal is one',
      { unbind: [NOT_FOUND] },
      { name: 'RejectedError', returnCode: '3003' },
      1,
    ],
    [
      'doubt, never seen: unknown',
      { unbind: [CLOSED], list: [GONE] },
      { code: 'ERR_OUTCOME_UNKNOWN', lastSeen: 'not-listed' },
      1,
    ],
    [
      'doubt, never seen in a signed list: unknown',
      { unbind: [CLOSED], list: [GONE_SIGNED] },
      { code: 'ERR_OUTCOME_UNKNOWN', lastSeen: 'not-listed' },
      1,
    ],
    [
      'doubt, listed, success',
      { unbind: [CLOSED, SUCCESS], list: [LISTED] },
      { outcome: 'unbound', evidence: 'signed-reply', attempts: 2 },
      2,
    ],
    [
      'doubt, listed, doubt, gone',
      { unbind: [CLOSED, CLOSED], list: [LISTED, GONE] },
      {
        outcome: 'unbound',
        evidence: 'unsigned-query',
        attempts: 2,
        reply: { signature: 'absent', fields: { ret_code: '8901' } },
      },
      2,
    ],
    [
      'doubt, listed, doubt, gone in a signed list',
      { unbind: [CLOSED, CLOSED], list: [LISTED, GONE_SIGNED] },
      {
        outcome: 'unbound',
        evidence: 'signed-query',
        attempts: 2,
        reply: { signature: 'verified' },
      },
      2,
    ],
    [
      'doubt, listed, 3003 is not a refusal, gone',
      { unbind: [CLOSED, NOT_FOUND], list: [LISTED, GONE] },
      { outcome: 'unbound', evidence: 'unsigned-query' },
      2,
    ],
    [
      'doubt, listed, 4000 and listed still: unknown, not refused',
      {
        unbind: [CLOSED, respond({ ret_code: '4000' }), respond({ ret_code: '4000' })],
        list: [LISTED, LISTED, LISTED],
      },
      { code: 'ERR_OUTCOME_UNKNOWN', lastSeen: 'listed', delivered: 'unknown' },
      3,
    ],
    [
      'doubt, listed, refused connection: unknown, not undelivered',
      { unbind: [CLOSED, REFUSED, REFUSED, REFUSED], list: [LISTED, LISTED] },
      { code: 'ERR_OUTCOME_UNKNOWN', delivered: 'unknown' },
      4,
    ],
    [
      'listed after three attempts: unknown',
      { unbind: [CLOSED, CLOSED, CLOSED], list: [LISTED, LISTED, LISTED] },
      { code: 'ERR_OUTCOME_UNKNOWN', lastSeen: 'listed', attempts: 3 },
      3,
    ],
    [
      'a code that asks for a query counts as doubt',
      { unbind: [respond({ ret_code: '9999' }), SUCCESS], list: [LISTED] },
      { outcome: 'unbound' },
      2,
    ],
    [
      'an inconclusive list is asked again',
      { unbind: [CLOSED, SUCCESS], list: [OTHER_ROW, DOWN, DOWN, DOWN, LISTED] },
      { outcome: 'unbound', attempts: 2 },
      2,
    ],
    [
      'no longer listed, and bound for another product: may have been carried out',
      { unbind: [CLOSED], list: [GONE], elsewhere: { '3': LISTED } },
      {
        code: 'ERR_OUTCOME_UNKNOWN',
        lastSeen: 'not-listed',
        payType: '3',
        delivered: 'unknown',
      },
      1,
    ],
    [
      'a forged reply is never settled',
      { unbind: [sealed({ ret_code: '0000' }, {}, stranger)], list: [LISTED] },
      { code: 'ERR_SIGNATURE_INVALID' },
      1,
    ],
    [
      'a forged list ends it',
      {
        unbind: [CLOSED],
        list: [sealed({ ret_code: '0000', user_id: CARD.user_id, count: '0' }, {}, stranger)],
      },
      { code: 'ERR_SIGNATURE_INVALID' },
      1,
    ],
    [
      "another customer's list ends it",
      { unbind: [CLOSED], list: [list('0', [], 'other')] },
      { code: 'ERR_REPLY_MISMATCH' },
      1,
    ],
    [
      'a count that is a number is not an outcome',
      {
        unbind: [CLOSED],
        list: [
          respond({
            ...withSign({ ret_code: '0000', user_id: CARD.user_id, count: '0' }, gateway.pkcs8Pem),
            count: 0,
          }),
        ],
      },
      { code: 'ERR_OUTCOME_UNKNOWN', lastSeen: 'inconclusive' },
      1,
    ],
    [
      'the reply of an unbind is not a list',
      { unbind: [CLOSED], list: [SUCCESS, SUCCESS, SUCCESS, LISTED] },
      { code: 'ERR_OUTCOME_UNKNOWN', lastSeen: 'inconclusive' },
      1,
    ],
    [
      'not delivered is repeated, and then reported',
      { unbind: [REFUSED, REFUSED, REFUSED] },
      { code: 'ERR_TRANSPORT_CONNECT', delivered: 'no' },
      3,
    ],
    [
      'not delivered, then a success',
      { unbind: [REFUSED, SUCCESS] },
      { outcome: 'unbound', attempts: 2 },
      2,
    ],
    [
      'not delivered, then a refusal is one',
      { unbind: [REFUSED, NOT_FOUND] },
      { name: 'RejectedError' },
      2,
    ],
  ])('%s', async (_, script, expected, count) => {
    const { outcome, unbinds } = await play(script)
    expect(outcome).toMatchObject(expected)
    expect(unbinds).toBe(count)
  })

  test.each([
    ['does not exist', MISSING],
    ['may not be asked', FORBIDDEN],
  ])('a list that %s is asked once', async (_, step) => {
    const { outcome, asked } = await play({ unbind: [CLOSED], list: [step, LISTED] })
    expect(outcome).toMatchObject({ code: 'ERR_OUTCOME_UNKNOWN', lastSeen: 'inconclusive' })
    expect(asked).toHaveLength(2)
  })

  test('asks for exactly the agreement, with platform and pay_type', async () => {
    const params = { platform: 'shared' }
    const { asked } = await play(
      { unbind: [CLOSED, SUCCESS], list: [LISTED] },
      {},
      { ...CARD, ...params },
    )
    expect(asked[1]).toMatchObject({
      path: '/bankcardbindlist.htm',
      ...CARD,
      ...params,
      offset: '0',
    })
  })

  test('an omitted pay_type asks for "2"', async () => {
    const { pay_type: _, ...rest } = CARD
    const { asked } = await play(
      { unbind: [CLOSED], list: [GONE] },
      {},
      { ...rest, pay_type: undefined },
    )
    expect(asked[1]).toMatchObject({ path: '/bankcardbindlist.htm', pay_type: '2' })
  })

  test('waits 1, 2, 4 s and so on; longer while LianLian says that it is at work', async () => {
    const doubtful = { list: [DOWN, DOWN, DOWN, LISTED] }
    const usual = await play({ unbind: [CLOSED, SUCCESS], ...doubtful }, { retry: 0 })
    expect(usual.waits.slice(0, 3)).toEqual([1000, 2000, 4000])
    const running = await play(
      { unbind: [respond({ ret_code: '2004' }), SUCCESS], ...doubtful },
      { retry: 0 },
    )
    expect(running.waits.slice(0, 3)).toEqual([3000, 6000, 12_000])
  })

  test('retry: 0 sends once', async () => {
    const { outcome, unbinds } = await play(
      { unbind: [CLOSED, SUCCESS], list: [LISTED] },
      { retry: 0 },
    )
    expect(outcome).toMatchObject({ code: 'ERR_OUTCOME_UNKNOWN', lastSeen: 'listed' })
    expect(unbinds).toBe(1)
    const refused = await play({ unbind: [REFUSED, SUCCESS] }, { retry: 0 })
    expect(refused.outcome).toMatchObject({ code: 'ERR_TRANSPORT_CONNECT' })
    expect(refused.unbinds).toBe(1)
  })
})

describe('never', () => {
  test('doubt is reported at once', async () => {
    const { outcome, asked } = await play({ unbind: [CLOSED] }, { settle: 'never' })
    expect(outcome).toMatchObject({ code: 'ERR_OUTCOME_UNKNOWN', lastSeen: null, attempts: 1 })
    expect(asked).toHaveLength(1)
  })
})

describe('always', () => {
  test.each<[string, Script, object, number]>([
    [
      'listed, success, gone',
      { unbind: [SUCCESS], list: [LISTED, GONE] },
      { outcome: 'unbound', evidence: 'signed-reply' },
      1,
    ],
    [
      'listed, success, list down',
      { unbind: [SUCCESS], list: [LISTED] },
      { outcome: 'unbound', evidence: 'signed-reply' },
      1,
    ],
    [
      'listed, success, listed for a while, gone',
      { unbind: [SUCCESS], list: [LISTED, LISTED, LISTED, GONE] },
      { outcome: 'unbound' },
      1,
    ],
    [
      'listed, success, listed still',
      { unbind: [SUCCESS], list: [LISTED, LISTED, LISTED, LISTED, LISTED] },
      { code: 'ERR_OUTCOME_UNKNOWN', lastSeen: 'listed', reply: { signature: 'verified' } },
      1,
    ],
    [
      'listed, doubt, gone: one request, proven by the list',
      { unbind: [CLOSED], list: [LISTED, GONE] },
      { outcome: 'unbound', evidence: 'unsigned-query', attempts: 1 },
      1,
    ],
    [
      'not listed, not found',
      { unbind: [NOT_FOUND], list: [GONE] },
      { name: 'RejectedError', returnCode: '3003' },
      1,
    ],
    [
      'not listed, doubt, not listed: unknown',
      { unbind: [CLOSED], list: [GONE, GONE] },
      { code: 'ERR_OUTCOME_UNKNOWN', lastSeen: 'not-listed' },
      1,
    ],
    [
      'bound for another product: nothing is sent',
      { unbind: [SUCCESS], list: [GONE], elsewhere: { M: LISTED } },
      { code: 'ERR_AGREEMENT_ELSEWHERE', payType: 'M', delivered: 'no' },
      0,
    ],
    [
      'list down: goes on',
      { unbind: [SUCCESS], list: [DOWN, DOWN, DOWN] },
      { outcome: 'unbound', evidence: 'signed-reply' },
      1,
    ],
    [
      'a forged list: nothing is sent',
      {
        unbind: [SUCCESS],
        list: [sealed({ ret_code: '0000', user_id: CARD.user_id, count: '0' }, {}, stranger)],
      },
      { code: 'ERR_SIGNATURE_INVALID' },
      0,
    ],
  ])('%s', async (_, script, expected, count) => {
    const { outcome, unbinds } = await play(script, { settle: 'always' })
    expect(outcome).toMatchObject(expected)
    expect(unbinds).toBe(count)
  })
})

test('a wrong or omitted pay_type never turns into unbound', async () => {
  for (const settle of ['auto', 'always', 'never'] as const) {
    for (const step of [NOT_FOUND, CLOSED, respond({ ret_code: '9999' })]) {
      const script = {
        unbind: [step, step, step],
        list: [GONE, GONE, GONE],
        elsewhere: { D: LISTED },
      }
      const { outcome } = await play(script, { settle }, { pay_type: '2' })
      expect(outcome).toBeInstanceOf(Error)
    }
  }
})

test('keeps time for settlement: a request that hangs is given up at 60 % of the deadline', async () => {
  const hung = { unbind: [hang, SUCCESS], list: [LISTED] }
  const { outcome, asked, waits } = await play(hung, { timeoutMs: 10_000 })
  expect(outcome).toMatchObject({ outcome: 'unbound', attempts: 2 })
  expect(asked.map(({ path }) => path)).toEqual([
    '/bankcardunbind.htm',
    '/bankcardbindlist.htm',
    '/bankcardunbind.htm',
  ])
  expect(waits).toEqual([6000 + 250 + 1000, 0])
})

test('a listener that throws changes nothing, and is reported names and codes only', async () => {
  const { events } = await play({ unbind: [CLOSED, SUCCESS], list: [LISTED] })
  expect(events.map(({ type }) => type)).toEqual([
    'request',
    'failure',
    'request',
    'answer',
    'verification',
    'settlement',
    'request',
    'answer',
    'verification',
  ])
  expect(JSON.stringify(events)).not.toMatch(/customer|2014031710002121/)
  const { outcome } = await play(
    { unbind: [SUCCESS] },
    {
      onEvent: () => {
        throw new Error('listener')
      },
    },
  )
  expect(outcome).toMatchObject({ outcome: 'unbound' })
})

test('an abort while settling ends the call at once, with the outcome unknown', async () => {
  const controller = new AbortController()
  const caller = createCaller({
    oidPartner: '201304121000001004',
    timeoutMs: 60_000,
    signer: plainSigner(vectorKey('k2048').pkcs8Pem),
    verifiers: [plainVerifier(gateway.spkiPem)],
    // The clock never wakes anybody: only the abort ends a sleep.
    clock: {
      now: () => 0,
      sleep: (ms) => {
        if (ms === 1000) controller.abort()
        return new Promise(() => undefined)
      },
    },
    transport: () => CLOSED(),
  })
  const call = caller.call(unbind, CARD, { signal: controller.signal })
  await expect(call).rejects.toMatchObject({ code: 'ERR_OUTCOME_UNKNOWN', attempts: 1 })
})
