import { virtualClock } from '@internal/testkit/clocks'
import { plainSigner, plainVerifier, withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { beforeAll, describe, expect, test } from 'vitest'

import { unbind } from '../../apis/card/unbind.ts'
import { TransportError } from '../../errors/transport-error.ts'
import type {
  BeforeSending,
  BeforeSendingFacts,
  CallerParts,
  CallOptions,
} from '../call-options.ts'
import { createCaller } from '../create-caller.ts'

// A virtual clock does not wait for what a call loads on demand.
beforeAll(async () => {
  await import('../execute-call.ts')
  await import('./settle.ts')
})

const gateway = vectorKey('k1024')
const CARD = { user_id: 'customer', no_agree: '2014031710002121' }
const ROUND_TRIP_MS = 100

/** The body of a reply, or a status without one, or `hang`. */
type Answer = string | number
type Lists = Readonly<Record<string, Answer>>

const sealed = (members: Record<string, string>, more: object = {}, key = gateway) =>
  JSON.stringify({ ...more, ...withSign({ sign_type: 'RSA', ...members }, key.pkcs8Pem) })
const listOf = (count: string, rows: object[], key = gateway) =>
  sealed({ ret_code: '0000', user_id: CARD.user_id, count }, { agreement_list: rows }, key)
const code = (ret_code: string) => `{"ret_code":"${ret_code}","ret_msg":"x"}`

const LISTED = listOf('1', [{ no_agree: CARD.no_agree }])
const ABSENT = code('8901')
const ABSENT_SIGNED = listOf('0', [])
const FORGED = listOf('0', [], vectorKey('k3072'))
const DONE = sealed({ ret_code: '0000' })
const ALL = ['2', '3', 'D', 'P', 'M', 'F', 'N']

/** Calls unbind at a gateway whose lists reply by product, each reply after one round trip. */
async function play(
  lists: Lists,
  params: { readonly pay_type?: string } = { pay_type: 'D' },
  { unbind: answer = code('3003'), ...options }: CallOptions & { readonly unbind?: Answer } = {},
  parts: Partial<CallerParts> = {},
) {
  const clock = virtualClock()
  const queried: string[] = []
  let [unbinds, inFlight, most] = [0, 0, 0]
  const caller = createCaller({
    oidPartner: '201304121000001004',
    timeoutMs: 60_000,
    retry: 0,
    settle: 'always',
    signer: plainSigner(vectorKey('k2048').pkcs8Pem),
    verifiers: [plainVerifier(gateway.spkiPem)],
    clock,
    transport: async ({ url, body }) => {
      const members: Record<string, string> = JSON.parse(Buffer.from(body).toString())
      const isUnbind = url.endsWith('/bankcardunbind.htm')
      if (isUnbind) unbinds += 1
      else queried.push(members['pay_type'] ?? '')
      inFlight += 1
      most = Math.max(most, inFlight)
      await clock.sleep(ROUND_TRIP_MS)
      inFlight -= 1
      const reply = isUnbind ? answer : (lists[members['pay_type'] ?? ''] ?? ABSENT)
      if (reply === 0)
        throw new TransportError('ERR_TRANSPORT_CLOSED', 'm', { delivered: 'unknown' })
      return typeof reply === 'number'
        ? { status: reply, headers: {}, body: new Uint8Array() }
        : { status: 200, headers: {}, body: Buffer.from(reply) }
    },
    ...parts,
  })
  const outcome: unknown = await caller
    .call(unbind, { ...CARD, ...params }, options)
    .catch((error: unknown) => error)
  return { outcome, queried, unbinds, most, roundTrips: clock.now() / ROUND_TRIP_MS }
}

/** What the hook before the first request is shown; nothing is sent then. */
async function lookAt(lists: Lists, params?: { readonly pay_type?: string }, payTypes?: string[]) {
  const looks: BeforeSendingFacts[] = []
  const beforeSending: BeforeSending = async (look) => {
    looks.push(look)
    throw new Error('look only')
  }
  const played = await play(lists, params, { beforeSending, payTypes })
  return { ...played, look: looks[0] }
}

describe('the products that are queried', () => {
  test('are all seven, the named one first', async () => {
    const { queried } = await play({})
    expect(queried[0]).toBe('D')
    expect(queried.toSorted()).toEqual(ALL.toSorted())
  })

  test('begin with 2, which LianLian assumes where none is named', async () => {
    const { queried } = await play({}, {})
    expect(queried[0]).toBe('2')
    expect(queried.toSorted()).toEqual(ALL.toSorted())
  })

  test.each(ALL.filter((each) => each !== 'D'))(
    'include %s, and nothing is sent where the card is bound for it',
    async (payType) => {
      const { outcome, unbinds } = await play({ [payType]: LISTED })
      expect(outcome).toMatchObject({
        code: 'ERR_AGREEMENT_ELSEWHERE',
        category: 'other-product',
        delivered: 'no',
        payType,
      })
      expect(unbinds).toBe(0)
    },
  )

  test("are those of payTypes instead, the call's before the client's", async () => {
    const byCall = await play({}, { pay_type: 'D' }, { payTypes: ['P', 'D', '27'] })
    expect(byCall.queried).toEqual(['D', 'P', '27'])
    const byClient = await play({}, { pay_type: 'X' }, {}, { payTypes: ['P'] })
    expect(byClient.queried).toEqual(['X', 'P'])
    const both = await play({}, { pay_type: 'M' }, { payTypes: ['M'] }, { payTypes: ['P'] })
    expect(both.queried).toEqual(['M'])
  })

  test('are not queried beyond the named one where that lists the card', async () => {
    const { queried } = await play({ D: LISTED }, { pay_type: 'D' }, { unbind: code('4000') })
    expect(queried).toEqual(['D'])
  })
})

test('a refused unbind takes four round trips at most, three lists at a time', async () => {
  const { outcome, roundTrips, most } = await play({})
  expect(outcome).toMatchObject({ name: 'RejectedError', returnCode: '3003', delivered: 'yes' })
  expect(roundTrips).toBe(4)
  expect(most).toBe(3)
})

describe('what the lists show together', () => {
  test('absent everywhere: the products are named, and the weakest evidence', async () => {
    const { look } = await lookAt({})
    expect(look).toMatchObject({ seen: 'not-listed', isNowhere: true, undecided: [] })
    expect(look?.queried?.toSorted()).toEqual(ALL.toSorted())
    expect(look?.evidence).toBe('unsigned-query')
    const signed = Object.fromEntries(ALL.map((each) => [each, ABSENT_SIGNED]))
    expect((await lookAt(signed)).look?.evidence).toBe('signed-query')
    expect((await lookAt({ ...signed, N: ABSENT })).look?.evidence).toBe('unsigned-query')
  })

  test.each(['1004', '3010', '5601'])(
    '%s of a product that nobody named is undecided',
    async (no) => {
      const { look } = await lookAt({ M: code(no), N: code(no) })
      expect(look).toMatchObject({ isNowhere: true, undecided: ['M', 'N'] })
      expect(look?.queried?.toSorted()).toEqual(['2', '3', 'D', 'F', 'P'])
    },
  )

  test.each(['1004', '3010', '5601'])('%s of a named product proves nothing', async (no) => {
    const { look, queried } = await lookAt({ D: code(no) })
    expect(look).toMatchObject({ seen: 'inconclusive' })
    expect(look?.isNowhere).toBeUndefined()
    expect(queried).toEqual(['D'])
  })

  test.each(['1004', '3010', '5601'])('%s of a product in payTypes proves nothing', async (no) => {
    const { look } = await lookAt({ P: code(no) }, { pay_type: 'D' }, ['D', 'P'])
    expect(look).toMatchObject({ seen: 'not-listed', isNowhere: false })
    const assumed = await lookAt({ '2': code(no) }, {}, ['2', 'P'])
    expect(assumed.look).toMatchObject({ seen: 'inconclusive' })
  })

  test('a product that was assumed proves nothing either: the change would go to it', async () => {
    const { look } = await lookAt({ '2': code('3010') }, {})
    expect(look).toMatchObject({ seen: 'inconclusive', isNowhere: false })
    expect(look?.queried).toBeUndefined()
    const { outcome } = await play({ '2': code('3010'), M: LISTED }, {})
    expect(outcome).toMatchObject({ code: 'ERR_AGREEMENT_ELSEWHERE', payType: 'M' })
  })

  test.each([
    ['another refusal', code('1008')],
    ['a code that is not in the table', code('ZZZZ')],
    ['a system error', code('9999')],
    ['a status', 503],
    ['a lost reply', 0],
    ['a reply that is not JSON', '<html>'],
    ['a count without the row', listOf('1', [])],
  ])('%s of another product blocks the outcome', async (_, answer) => {
    const { look } = await lookAt({ N: answer, M: code('3010') })
    expect(look).toMatchObject({ seen: 'not-listed', isNowhere: false })
    expect(look?.queried).toBeUndefined()
  })

  test('where no list said absent, the first refusal is thrown and nothing is sent', async () => {
    const lists = Object.fromEntries(ALL.map((each) => [each, code('3010')]))
    const { outcome, unbinds } = await play({ ...lists, '2': code('1004') }, {})
    expect(outcome).toMatchObject({ code: 'ERR_REJECTED', returnCode: '1004', delivered: 'no' })
    expect(unbinds).toBe(0)
  })

  test.each([
    ['untrusted beats listed', { '2': LISTED, '3': LISTED, N: FORGED }, 'ERR_SIGNATURE_INVALID'],
    ['untrusted beats listed, first', { '2': FORGED, N: LISTED }, 'ERR_SIGNATURE_INVALID'],
    ['untrusted beats inconclusive', { '2': 503, N: FORGED }, 'ERR_SIGNATURE_INVALID'],
    ['listed beats inconclusive', { '2': 503, '3': 0, N: LISTED }, 'ERR_AGREEMENT_ELSEWHERE'],
    ['listed beats undecided', { '2': code('3010'), N: LISTED }, 'ERR_AGREEMENT_ELSEWHERE'],
  ])('%s', async (_, lists, expected) => {
    const { outcome, unbinds } = await play(lists, { pay_type: 'D' }, { unbind: DONE })
    expect(outcome).toMatchObject({ code: expected, delivered: 'no' })
    expect(unbinds).toBe(0)
  })
})

test('an agreement that is bound for two products: a lost reply is unknown, not "elsewhere"', async () => {
  for (const settle of ['auto', 'always'] as const) {
    const { outcome, unbinds } = await play(
      { '2': LISTED },
      { pay_type: 'D' },
      { unbind: 0, settle, resume: false },
    )
    const expected =
      settle === 'auto'
        ? {
            code: 'ERR_OUTCOME_UNKNOWN',
            payType: '2',
            lastSeen: 'not-listed',
            delivered: 'unknown',
          }
        : { code: 'ERR_AGREEMENT_ELSEWHERE', payType: '2', delivered: 'no' }
    expect(outcome).toMatchObject(expected)
    expect(unbinds).toBe(settle === 'auto' ? 1 : 0)
  }
})
