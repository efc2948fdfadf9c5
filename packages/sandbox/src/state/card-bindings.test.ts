import { generateKeyPairSync } from 'node:crypto'

import { plainSigner, plainVerifier } from '@internal/testkit/signing'
import { isLLPayError } from '@llpay/core'
import { fetchTransport } from '@llpay/core/adapter'
import { createCoreClient } from '@llpay/core/adapter/client'
import { SAMPLES } from '@llpay/core/samples'
import { expect, test } from 'vitest'

import { createSandbox } from '../create-sandbox.ts'
import { SANDBOX_SMS_CODE } from './card-bindings.ts'

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 1024,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })

const merchant = pair()
const gateway = pair()
const oidPartner = '201304121000001004'
const MINUTE = 60_000
const START = Date.UTC(2026, 10, 23)

function open() {
  let now = START
  const sandbox = createSandbox({
    gatewaySigner: plainSigner(gateway.privateKey),
    partners: [{ oidPartner, verifier: plainVerifier(merchant.publicKey) }],
    clock: () => now,
  })
  const client = createCoreClient({
    oidPartner,
    signer: plainSigner(merchant.privateKey),
    verifiers: [plainVerifier(gateway.publicKey)],
    baseUrl: 'http://127.0.0.1',
    timeoutMs: 60_000,
    transport: fetchTransport(sandbox.fetch),
  })
  return { client, sandbox, pass: (milliseconds: number) => (now += milliseconds) }
}

const { user_id = '' } = SAMPLES['card.apply-bind'].params
const application = {
  user_id,
  pay_type: 'D',
  card_no: '6228480402564890018',
  acct_name: '张三',
  bind_mob: '13800000000',
  id_type: '0',
  id_no: '330101199001010000',
  risk_item: { frms_ware_category: '2009' },
}

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  const error: unknown = await call.catch((thrown: unknown) => thrown)
  return isLLPayError(error) ? error.toJSON()['returnCode'] : 'no error of llpay'
}

test('a card is looked up, applied for, bound, listed and unbound', async () => {
  const { client, sandbox } = open()
  const { fields: bin } = await client.card.queryBin({ card_no: application.card_no })
  expect(bin).toMatchObject({ bank_code: '01030000', card_type: '2' })

  const { fields: applied } = await client.card.applyBind(application)
  expect(applied).toMatchObject({ user_id, token: expect.stringMatching(/^[0-9a-f]{32}$/) })
  expect(sandbox.state.cards.list()).toEqual([])

  const { fields: bound } = await client.card.verifyBind({
    user_id,
    token: applied.token,
    verify_code: SANDBOX_SMS_CODE,
  })
  expect(bound).toMatchObject({ card_no: '0018', no_agree: '2026112300000001' })

  const { fields: listed } = await client.card.list({ user_id, pay_type: 'D' })
  expect(listed.agreement_list).toMatchObject([{ no_agree: bound.no_agree, card_no: '0018' }])

  const { no_agree = '' } = bound
  const { outcome } = await client.card.unbind({ user_id, no_agree, pay_type: 'D' })
  expect(outcome).toBe('unbound')
  expect(sandbox.state.cards.list()).toEqual([])
})

test('risk_item travels as JSON text', async () => {
  const { client, sandbox } = open()
  await client.card.applyBind(application)
  expect(sandbox.requests.at(-1)?.members['risk_item']).toBe('{"frms_ware_category":"2009"}')
})

test('only the right code, customer and token bind, once, for 30 minutes', async () => {
  const { client, sandbox, pass } = open()
  const { token } = (await client.card.applyBind(application)).fields
  const verify = (params: object) =>
    client.card.verifyBind({ user_id, token, verify_code: SANDBOX_SMS_CODE, ...params })

  expect(await codeOf(verify({ verify_code: '000000' }))).toBe('1900')
  expect(await codeOf(verify({ user_id: 'somebody-else' }))).toBe('1000')
  expect(await codeOf(verify({ token: 'f'.repeat(32) }))).toBe('1000')
  pass(30 * MINUTE)
  expect(await codeOf(verify({}))).toBe('1000')
  expect(sandbox.state.cards.list()).toEqual([])

  const again = (await client.card.applyBind(application)).fields
  pass(30 * MINUTE - 1)
  await verify({ token: again.token })
  expect(await codeOf(verify({ token: again.token }))).toBe('1000')
  expect(sandbox.state.cards.list()).toHaveLength(1)
})

test('an application whose reply is lost has an unknown outcome that says what to do', async () => {
  const { client, sandbox } = open()
  sandbox.state.play('close-after')
  await expect(client.card.applyBind(application)).rejects.toMatchObject({
    code: 'ERR_OUTCOME_UNKNOWN',
    delivered: 'unknown',
    hint: expect.stringContaining('Nothing is bound yet'),
  })
})
