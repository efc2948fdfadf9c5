import { generateKeyPairSync } from 'node:crypto'

import { plainSigner, plainVerifier, withSign } from '@internal/testkit/signing'
import type { Clock } from '@llpay/core'
import { describe, expect, test } from 'vitest'

import { createSandbox, type Sandbox } from './create-sandbox.ts'
import { SandboxConnectionClosed } from './scenarios/scenarios.ts'
import type { BoundSandboxCard } from './state/sandbox-cards.ts'

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 1024,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })

const merchant = pair()
const gateway = pair()
const other = pair()
const oid_partner = '201304121000001004'
const card: BoundSandboxCard = {
  oid_partner,
  user_id: '1234567',
  no_agree: '2014031710002121',
  pay_type: 'D',
}
const request = { ...card, sign_type: 'RSA' }
const URL = 'http://127.0.0.1/bankcardunbind.htm'

function open(clock: Clock | (() => number) = () => 1_700_000_000_000): Sandbox {
  const sandbox = createSandbox({
    gatewaySigner: plainSigner(gateway.privateKey),
    otherSigner: plainSigner(other.privateKey),
    partners: [{ oidPartner: oid_partner, verifier: plainVerifier(merchant.publicKey) }],
    clock,
  })
  sandbox.state.cards.bind(card)
  return sandbox
}

const post = (sandbox: Sandbox, body: string, headers: Record<string, string> = {}) =>
  sandbox.fetch(new Request(URL, { method: 'POST', body, headers }))

const signed = (members: Record<string, string>, key = merchant.privateKey) =>
  JSON.stringify(withSign(members, key))

async function membersOf(response: Response): Promise<Record<string, string>> {
  const members: Record<string, string> = JSON.parse(await response.text())
  return members
}

const codeOf = async (response: Response) => (await membersOf(response))['ret_code']

const fail = () => expect.unreachable()

describe('the gate', () => {
  test.each([
    ['1012', 'no JSON', 'nonsense'],
    ['1012', 'a member twice', '{"user_id":"1","user_id":"2"}'],
    ['1004', 'no merchant number', signed({ user_id: '1', no_agree: '2', sign_type: 'RSA' })],
    ['1004', 'no signature', JSON.stringify(request)],
    ['1004', 'another sign_type', signed({ ...request, sign_type: 'MD5' })],
    ['3001', 'another merchant', signed({ ...request, oid_partner: '201304121000001005' })],
    ['1001', 'a signature with another key', signed(request, other.privateKey)],
    ['1001', 'a signature over other members', signed(request).replace('"D"', '"2"')],
    ['3003', 'another agreement', signed({ ...request, no_agree: '1' })],
    ['3003', 'another customer', signed({ ...request, user_id: '1' })],
    ['3003', 'another product', signed({ ...request, pay_type: '2' })],
    ['3003', 'a platform', signed({ ...request, platform: 'x' })],
  ])('replies %s to %s, unsigned, and keeps the card', async (code, _, body) => {
    const sandbox = open()
    const response = await post(sandbox, body)
    const reply = await membersOf(response)
    expect(response.status).toBe(200)
    expect(reply).toHaveProperty('ret_code', code)
    expect(reply).not.toHaveProperty('sign')
    expect(sandbox.state.cards.isBound(card)).toBe(true)
  })

  test('names the parameter that is wrong', async () => {
    const reply = await membersOf(await post(open(), signed({ ...request, no_agree: 'a&b' })))
    expect(reply['ret_msg']).toContain('no_agree')
  })

  test('takes POST to known endpoints only', async () => {
    const sandbox = open()
    expect((await sandbox.fetch(new Request(URL))).status).toBe(405)
    expect(
      (await sandbox.fetch(new Request('http://127.0.0.1/x', { method: 'POST' }))).status,
    ).toBe(404)
    expect((await post(sandbox, signed(request), { 'x-llpay-scenario': 'nonsense' })).status).toBe(
      400,
    )
    expect(sandbox.state.cards.isBound(card)).toBe(true)
  })
})

test('unbinds a card once, with a reply signed by the gateway', async () => {
  const sandbox = open()
  const { sign, ...members } = await membersOf(await post(sandbox, signed(request)))
  expect(members).toEqual({ ret_code: '0000', ret_msg: '交易成功', sign_type: 'RSA' })
  expect(sign).toBe(withSign(members, gateway.privateKey)['sign'])
  expect(sandbox.state.cards.isBound(card)).toBe(false)
  expect(await codeOf(await post(sandbox, signed(request)))).toBe('3003')
  expect(sandbox.requests).toMatchObject([
    { at: 1_700_000_000_000, api: 'card.unbind', ret_code: '0000', scenario: 'normal' },
    { ret_code: '3003' },
  ])
})

test('takes an omitted pay_type for "2"', async () => {
  const sandbox = open()
  sandbox.state.cards.bind({ oid_partner, user_id: 'u', no_agree: 'n' })
  const body = signed({ oid_partner, user_id: 'u', no_agree: 'n', sign_type: 'RSA' })
  expect(await codeOf(await post(sandbox, body))).toBe('0000')
})

async function play(scenario: string) {
  const sandbox = open()
  const response = await post(sandbox, signed(request), { 'x-llpay-scenario': scenario })
  return { response, bound: sandbox.state.cards.isBound(card) }
}

describe('scenarios', () => {
  test.each([
    ['close-before', true],
    ['close-after', false],
  ])('%s closes the connection (card bound afterwards: %s)', async (scenario, bound) => {
    const sandbox = open()
    const reply = post(sandbox, signed(request), { 'x-llpay-scenario': scenario })
    await expect(reply).rejects.toBeInstanceOf(SandboxConnectionClosed)
    expect(sandbox.state.cards.isBound(card)).toBe(bound)
  })

  test('tampered: the signature no longer fits', async () => {
    const { response, bound } = await play('tampered')
    const { sign, ...members } = await membersOf(response)
    expect(sign).not.toBe(withSign(members, gateway.privateKey)['sign'])
    expect(bound).toBe(false)
  })

  test('wrong-key: the signature is of another key', async () => {
    const { sign, ...members } = await membersOf((await play('wrong-key')).response)
    expect(sign).toBe(withSign(members, other.privateKey)['sign'])
  })

  test('unsigned: a success without signature', async () => {
    const { response, bound } = await play('unsigned')
    expect(await membersOf(response)).toEqual({ ret_code: '0000', ret_msg: '交易成功' })
    expect(bound).toBe(false)
  })

  test.each([
    ['code:9999', { ret_code: '9999', ret_msg: '系统错误' }],
    ['code:PR07', { ret_code: 'PR07', ret_msg: '沙箱返回' }],
  ])('%s: that code, unsigned, and nothing done', async (scenario, reply) => {
    const { response, bound } = await play(scenario)
    expect(await membersOf(response)).toEqual(reply)
    expect(bound).toBe(true)
  })

  test('code:4000:signed: that code, signed', async () => {
    const { sign, ...members } = await membersOf((await play('code:4000:signed')).response)
    expect(members['ret_code']).toBe('4000')
    expect(sign).toBe(withSign(members, gateway.privateKey)['sign'])
  })

  test('code:4000:forged: that code, signed with another key', async () => {
    const { sign, ...members } = await membersOf((await play('code:4000:forged')).response)
    expect(members['ret_code']).toBe('4000')
    expect(sign).toBe(withSign(members, other.privateKey)['sign'])
  })

  test('other-user: a list, rightly signed, of another customer', async () => {
    const sandbox = open()
    const response = await sandbox.fetch(
      new Request('http://127.0.0.1/bankcardbindlist.htm', {
        method: 'POST',
        body: signed({ oid_partner, user_id: card.user_id, pay_type: 'D', sign_type: 'RSA' }),
        headers: { 'x-llpay-scenario': 'other-user' },
      }),
    )
    const { sign, agreement_list: _, ...members } = await membersOf(response)
    expect(members).toMatchObject({ ret_code: '0000', count: '1', user_id: `${card.user_id}.` })
    expect(sign).toBe(withSign(members, gateway.privateKey)['sign'])
  })

  test('other-user: a reply that names no customer is unchanged', async () => {
    const { sign, ...members } = await membersOf((await play('other-user')).response)
    expect(members).not.toHaveProperty('user_id')
    expect(sign).toBe(withSign(members, gateway.privateKey)['sign'])
  })

  test('late: the card stays bound while it waits', async () => {
    let wake: () => void = fail
    let fallAsleep: (ms: number) => void = fail
    const asleep = new Promise<number>((resolve) => {
      fallAsleep = resolve
    })
    const sandbox = open({
      now: () => 0,
      sleep: (ms) => {
        fallAsleep(ms)
        return new Promise((resolve) => {
          wake = resolve
        })
      },
    })
    const reply = post(sandbox, signed(request), { 'x-llpay-scenario': 'late:120' })
    expect(await asleep).toBe(120)
    expect(sandbox.state.cards.isBound(card)).toBe(true)
    wake()
    expect(await codeOf(await reply)).toBe('0000')
    expect(sandbox.state.cards.isBound(card)).toBe(false)
  })

  test('status-after: the card is unbound, and the status carries no reply', async () => {
    const { response, bound } = await play('status-after:502')
    expect(response.status).toBe(502)
    expect(bound).toBe(false)
  })

  test('slow: the card is unbound before the wait, and the journal has its duration', async () => {
    let now = 1000
    let boundWhileAsleep: boolean | undefined
    const sandbox = open({
      now: () => now,
      sleep: async (ms) => {
        boundWhileAsleep = sandbox.state.cards.isBound(card)
        now += ms
      },
    })
    const response = await post(sandbox, signed(request), { 'x-llpay-scenario': 'slow:5000' })
    expect(await codeOf(response)).toBe('0000')
    expect(boundWhileAsleep).toBe(false)
    expect(sandbox.requests).toMatchObject([{ at: 1000, durationMs: 5000, scenario: 'slow:5000' }])
  })

  test('status, html, truncated and duplicate spoil the reply', async () => {
    expect((await play('status:503')).response.status).toBe(503)
    expect(await (await play('html')).response.text()).toContain('<html>')
    const truncated = await (await play('truncated')).response.text()
    expect(() => JSON.parse(truncated)).toThrow(SyntaxError)
    const duplicate = await (await play('duplicate')).response.text()
    expect(duplicate.match(/"ret_code"/g)).toHaveLength(2)
  })

  test('are played for every request when set through the state', async () => {
    const sandbox = open()
    sandbox.state.play('code:9999')
    expect(await codeOf(await post(sandbox, signed(request)))).toBe('9999')
    sandbox.state.play(undefined)
    expect(await codeOf(await post(sandbox, signed(request)))).toBe('0000')
  })
})
