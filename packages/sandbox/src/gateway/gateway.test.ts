import { generateKeyPairSync } from 'node:crypto'

import { plainSigner, plainVerifier, withSign } from '@internal/testkit/signing'
import { describe, expect, test } from 'vitest'

import { createSandbox, type SandboxOptions } from '../create-sandbox.ts'
import type { JournalEntry } from '../journal/journal.ts'
import { SandboxConnectionClosed } from '../scenarios/scenarios.ts'
import type { SandboxCard } from '../state/sandbox-cards.ts'

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 1024,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })

const merchant = pair()
const other = pair()
const gateway = pair()
const oid_partner = '201304121000001004'
const otherPartner = '201304121000001005'
const card: SandboxCard = { user_id: 'u-1', no_agree: '2014031710002121', pay_type: 'D' }
const envelope = { oid_partner, sign_type: 'RSA' }
const PATHS = {
  unbind: '/bankcardunbind.htm',
  list: '/bankcardbindlist.htm',
  bin: '/bankcardbin.htm',
}

function open(options: Partial<SandboxOptions> = {}) {
  const sandbox = createSandbox({
    gatewaySigner: plainSigner(gateway.privateKey),
    partners: [
      { oidPartner: oid_partner, verifier: plainVerifier(merchant.publicKey) },
      { oidPartner: otherPartner, verifier: plainVerifier(other.publicKey) },
    ],
    cards: [card],
    ...options,
  })
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    sandbox.fetch(new Request(`http://127.0.0.1${path}`, { method: 'POST', body, headers }))
  return { sandbox, post, last: () => sandbox.requests.at(-1) }
}

const sign = (members: Record<string, string>, key = merchant.privateKey) =>
  withSign({ ...envelope, ...members }, key)

const signed = (members: Record<string, string>, key = merchant.privateKey) =>
  JSON.stringify(sign(members, key))

/** Writes a member as a number, as a typed client does, without touching the signature. */
const asNumber = (body: string, name: string) =>
  body.replace(new RegExp(`"${name}":"([^"]*)"`), `"${name}":$1`)

async function read(response: Response): Promise<Record<string, unknown>> {
  const members: Record<string, unknown> = JSON.parse(await response.text())
  return members
}

const checksOf = (entry: JournalEntry | undefined) =>
  (entry?.checks ?? []).map(({ name, ok, why }) => [name, ok, ...(why === undefined ? [] : [why])])

test.each<[string, string | Uint8Array<ArrayBuffer>, string | null]>([
  ['a message with a number', '{"user_id": 1}', '{"user_id": 1}'],
  ['text that is not JSON', 'hello', 'hello'],
  ['nothing', '', ''],
  ['bytes that are not UTF-8', new Uint8Array([0x7b, 0xe9, 0x7d]), null],
])('the journal has the body as it arrived: %s', async (_, body, kept) => {
  const { sandbox, last } = open()
  await sandbox.fetch(new Request(`http://127.0.0.1${PATHS.unbind}`, { method: 'POST', body }))
  expect(last()?.body).toBe(kept)
})

test('the journal has no body of a request that was not read', async () => {
  const { post, last } = open()
  await post('/nowhere.htm', '{}')
  expect(last()).toMatchObject({ status: 404, body: null })
})

describe('reads numbers by their source text', () => {
  const many = Array.from({ length: 21 }, (_, index) => ({
    user_id: 'many',
    no_agree: String(1000 + index),
    pay_type: '3',
  }))

  test('offset 20 is the second page', async () => {
    const { post } = open({ cards: many })
    const body = signed({ user_id: 'many', pay_type: '3', offset: '20' })
    const reply = await read(await post(PATHS.list, asNumber(body, 'offset')))
    expect(reply).toMatchObject({ ret_code: '0000', count: '21' })
    expect(reply['agreement_list']).toMatchObject([{ no_agree: '1000' }])
  })

  test('pay_type 3 is product 3', async () => {
    const { post } = open({ cards: many })
    const body = asNumber(signed({ user_id: 'many', pay_type: '3', offset: '0' }), 'pay_type')
    expect(await read(await post(PATHS.list, body))).toMatchObject({ count: '21' })
  })

  test('a numeric no_agree, also with digits that a double loses', async () => {
    const no_agree = '20140317100021212121'
    const { post, sandbox } = open({ cards: [{ user_id: 'u-1', no_agree }] })
    const body = asNumber(signed({ user_id: 'u-1', no_agree }), 'no_agree')
    expect(await read(await post(PATHS.unbind, body))).toMatchObject({ ret_code: '0000' })
    expect(sandbox.state.cards.size).toBe(0)
    expect(sandbox.requests.at(-1)?.members['no_agree']).toBe(no_agree)
  })
})

describe('unknown and empty members', () => {
  const misspelt = { user_id: 'u-1', no_agree: '2014031710002121', pat_type: 'D' }
  const empty = JSON.stringify({ ...sign({ ...card, user_id: 'u-1' }), platform: '' })

  test('are ignored: a misspelt pay_type means product 2', async () => {
    const { post, last } = open()
    expect(await read(await post(PATHS.unbind, signed(misspelt)))).toMatchObject({
      ret_code: '3003',
    })
    expect(checksOf(last()).at(-1)).toEqual([
      'state',
      false,
      'bound under D; pay_type omitted means 2',
    ])
    expect(await read(await post(PATHS.unbind, empty))).toMatchObject({ ret_code: '0000' })
  })

  test('are refused with strict', async () => {
    const { post, last } = open({ strict: true })
    const reply = await read(await post(PATHS.unbind, signed(misspelt)))
    expect(reply['ret_code']).toBe('1004')
    expect(reply['ret_msg']).toContain('pat_type')
    expect(checksOf(last())[1]).toEqual([
      'parameters',
      false,
      'pat_type is not a parameter of this endpoint',
    ])
    expect(await read(await post(PATHS.unbind, empty))).toMatchObject({ ret_code: '1004' })
  })

  test('null says nothing, an object in a parameter is 1004, one elsewhere is signed as JSON', async () => {
    const { post } = open()
    const withNull = signed({ ...card, user_id: 'u-1' }).replace('{', '{"platform":null,')
    expect(await read(await post(PATHS.unbind, withNull))).toMatchObject({ ret_code: '0000' })
    const nested = signed({ user_id: 'u', no_agree: '{"a":1}' }).replace(
      JSON.stringify('{"a":1}'),
      '{"a":1}',
    )
    expect(await read(await post(PATHS.unbind, nested))).toMatchObject({ ret_code: '1004' })
    const extra = signed({ user_id: 'u', no_agree: '1', extra: '{"a":1.0}' }).replace(
      JSON.stringify('{"a":1.0}'),
      '{ "a": 1.0 }',
    )
    expect(await read(await post(PATHS.unbind, extra))).toMatchObject({ ret_code: '3003' })
  })
})

describe('card BIN', () => {
  test.each([
    ['6228480402564890018', { bank_code: '01030000', card_type: '2', card_no: '0018' }],
    ['6222021001122338888', { bank_code: '01020000', card_type: '2' }],
    ['6225750000000000', { bank_code: '03080000', card_type: '3' }],
  ])('%s is looked up by its prefix', async (card_no, expected) => {
    const { post } = open()
    expect(await read(await post(PATHS.bin, signed({ card_no })))).toMatchObject({
      ret_code: '0000',
      ...expected,
    })
  })

  test('an unknown prefix is 5001', async () => {
    const { post } = open()
    const reply = await read(await post(PATHS.bin, signed({ card_no: '1234567890123456' })))
    expect(reply['ret_code']).toBe('5001')
  })
})

describe('why no card was found', () => {
  test.each([
    ['another product', { ...card, pay_type: 'M' }, 'bound under D'],
    ['another customer', { ...card, user_id: 'u-2' }, 'bound for another customer'],
    ['a platform', { ...card, platform: 'p' }, 'not bound on this platform'],
    ['another agreement', { ...card, no_agree: '1' }, 'not bound'],
  ])('%s', async (_, members, why) => {
    const { post, last } = open()
    await post(PATHS.unbind, signed({ ...members }))
    expect(checksOf(last()).at(-1)).toEqual(['state', false, why])
    expect(last()).toMatchObject({ ret_code: '3003', scenario: 'normal', status: 200 })
  })
})

const text = (entries: readonly (readonly string[])[]) =>
  entries.map(([name, value]) => `${name}=${value}`).join('&')

describe('a signature that does not verify', () => {
  const members: Record<string, string> = { ...envelope, ...card, user_id: 'u-1' }
  const sorted = Object.entries(members).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const over = async (signedText: string) => {
    const signature = await plainSigner(merchant.privateKey).sign(
      new TextEncoder().encode(signedText),
    )
    return JSON.stringify({ ...members, sign: Buffer.from(signature).toString('base64') })
  }

  test.each([
    [
      'in the order of the message',
      text(Object.entries(members)),
      'signed in the order of the message, not sorted by name',
    ],
    [
      'without sign_type',
      text(sorted.filter(([name]) => name !== 'sign_type')),
      'signed without sign_type',
    ],
    ['over the JSON text', JSON.stringify(members), 'signed the JSON text'],
  ])('%s: the journal has what was signed', async (_, signedText, why) => {
    const { post, last } = open()
    await post(PATHS.unbind, await over(signedText))
    expect(last()).toMatchObject({ ret_code: '1001', canonical: text(sorted), signed: signedText })
    expect(checksOf(last())).toEqual([
      ['json', true],
      ['parameters', true],
      ['merchant', true],
      ['signature', false, why],
      ['state', null],
    ])
  })

  test("another merchant's key is named", async () => {
    const { post, last } = open()
    await post(PATHS.unbind, signed({ ...card, user_id: 'u-1' }, other.privateKey))
    expect(last()?.checks[3]?.why).toBe("signed with another merchant's key")
  })

  test('what cannot be known is not said', async () => {
    const { post, last } = open()
    await post(PATHS.unbind, signed({ ...card, user_id: 'u-1' }).replace('"D"', '"M"'))
    expect(last()).toMatchObject({ signed: null, ret_code: '1001' })
  })
})

test('knows several merchants, each with its own cards', async () => {
  const { post, sandbox } = open()
  sandbox.state.cards.bind({ ...card, oid_partner: otherPartner })
  const theirs = { oid_partner: otherPartner, ...card }
  expect(await read(await post(PATHS.unbind, signed(theirs, other.privateKey)))).toMatchObject({
    ret_code: '0000',
  })
  expect(await read(await post(PATHS.unbind, signed(theirs, merchant.privateKey)))).toMatchObject({
    ret_code: '1001',
  })
  expect(sandbox.state.cards.isBound(card)).toBe(true)
})

describe('the journal has every request once', () => {
  const good = signed({ ...card, user_id: 'u-1' })

  test.each([
    ['code:9999', { status: 200, ret_code: '9999' }],
    ['status:503', { status: 503, ret_code: null, reply: '' }],
    ['status-after:502', { status: 502, ret_code: '0000' }],
    ['html', { status: 200, ret_code: '0000' }],
    ['status:204', { status: 204 }],
  ])('%s', async (scenario, expected) => {
    const { post, sandbox } = open()
    const response = await post(PATHS.unbind, good, { 'x-llpay-scenario': scenario })
    expect(sandbox.requests).toMatchObject([
      { id: 1, scenario, api: 'card.unbind', members: { user_id: 'u-1' }, ...expected },
    ])
    expect(sandbox.requests[0]?.reply).toBe(await response.text())
  })

  test.each([
    ['close-before', null],
    ['close-after', '0000'],
  ])('%s: no status and no reply', async (scenario, ret_code) => {
    const { post, sandbox } = open()
    const response = post(PATHS.unbind, good, { 'x-llpay-scenario': scenario })
    await expect(response).rejects.toBeInstanceOf(SandboxConnectionClosed)
    expect(sandbox.requests).toMatchObject([{ status: null, reply: null, ret_code, scenario }])
  })

  test('404, GET, malformed, an unknown scenario, a body that is too large, a foreign page', async () => {
    const { post, sandbox } = open()
    expect((await post('/nothing.htm', '{}')).status).toBe(404)
    const get = await sandbox.fetch('http://127.0.0.1/bankcardunbind.htm')
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await post(PATHS.unbind, '{"a":')).status).toBe(200)
    expect((await post(PATHS.unbind, good, { 'x-llpay-scenario': 'nope' })).status).toBe(400)
    expect((await post(PATHS.unbind, `${' '.repeat(1024 * 1024)}{}`)).status).toBe(413)
    expect((await post(PATHS.unbind, good, { origin: 'http://evil.example' })).status).toBe(403)
    expect(
      sandbox.requests.map(({ id, status, method, api, ret_code }) => [
        id,
        status,
        method,
        api,
        ret_code,
      ]),
    ).toEqual([
      [1, 404, 'POST', null, null],
      [2, 405, 'GET', 'card.unbind', null],
      [3, 200, 'POST', 'card.unbind', '1012'],
      [4, 400, 'POST', 'card.unbind', null],
      [5, 413, 'POST', 'card.unbind', null],
      [6, 403, 'POST', 'card.unbind', null],
    ])
    expect(sandbox.state.cards.isBound(card)).toBe(true)
  })

  test('requests at the same time keep their own results', async () => {
    const lines: [string | undefined, string | null][] = []
    const { post, sandbox } = open({
      onRequest: ({ members, ret_code }) => lines.push([members['no_agree'], ret_code]),
    })
    const agreements = Array.from({ length: 20 }, (_, index) => String(100 + index))
    for (const no_agree of agreements.slice(0, 10))
      sandbox.state.cards.bind({ user_id: 'u', no_agree })
    await Promise.all(
      agreements.map((no_agree) => post(PATHS.unbind, signed({ user_id: 'u', no_agree }))),
    )
    expect(new Map(lines)).toEqual(
      new Map(agreements.map((no_agree, index) => [no_agree, index < 10 ? '0000' : '3003'])),
    )
    expect(lines).toHaveLength(20)
  })

  test('a body is read no further than its limit', async () => {
    const { sandbox } = open()
    let pulled = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(65_536))
      },
    })
    const init = { method: 'POST', body, duplex: 'half' as const }
    const response = await sandbox.fetch(new Request('http://127.0.0.1/bankcardunbind.htm', init))
    expect(response.status).toBe(413)
    expect(pulled).toBeLessThan(20)
  })
})

test('wrong-key needs no second signer, and its signature verifies with no key', async () => {
  const { post } = open()
  const body = signed({ ...card, user_id: 'u-1' })
  const reply = await read(await post(PATHS.unbind, body, { 'x-llpay-scenario': 'wrong-key' }))
  const { sign: signature, ...rest } = reply
  const honest = withSign(
    { ret_code: '0000', ret_msg: String(rest['ret_msg']), sign_type: 'RSA' },
    gateway.privateKey,
  )
  expect(signature).not.toBe(honest['sign'])
  const bytes = Buffer.from(String(signature), 'base64')
  expect(bytes).toHaveLength(128)
  const covered = new TextEncoder().encode(
    `ret_code=0000&ret_msg=${String(rest['ret_msg'])}&sign_type=RSA`,
  )
  expect(await plainVerifier(gateway.publicKey).verify(covered, bytes)).toBe(false)
})
