import { plainSigner, plainVerifier, withSign } from '@internal/testkit/signing'
import { loadReturnCodes, vectorKey } from '@internal/vectors'
import { describe, expect, test } from 'vitest'

import { defineApi } from '../api/define-api.ts'
import { unbind } from '../apis/card/unbind.ts'
import { prepareRequest } from './prepare-request.ts'
import { processReply } from './process-reply.ts'

const gateway = vectorKey('k1024')
const verifier = plainVerifier(gateway.spkiPem)
const options = {
  oidPartner: '201304121000001004',
  signer: plainSigner(vectorKey('k2048').pkcs8Pem),
}
const params = { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }
const request = await prepareRequest(unbind, params, options)

const respond = (members: object, status = 200) => ({
  status,
  headers: {},
  body: Buffer.from(JSON.stringify(members)),
})
const read = (members: object) => processReply(request, respond(members), { verifier })
const signed = (members: Record<string, string>) => withSign(members, gateway.pkcs8Pem)

const GATE_FAILURES = [
  ['1001', '商户请求签名错误', 'signature'],
  ['1004', '商户请求参数校验错误[user_id]', 'parameter'],
  ['1012', '请求报文解析失败', 'parameter'],
  ['3001', '非法的商户', 'auth-or-config'],
  ['3003', '没有签约记录', 'not-found'],
  ['3011', 'x', 'not-found'],
  ['8901', '没有记录', 'not-found'],
] as const

test.each(GATE_FAILURES)(
  'an unsigned %s is a refusal',
  async (returnCode, returnMessage, category) => {
    await expect(read({ ret_code: returnCode, ret_msg: returnMessage })).rejects.toMatchObject({
      name: 'RejectedError',
      code: 'ERR_REJECTED',
      returnCode,
      returnMessage,
      category,
      signature: 'absent',
    })
  },
)

test.each([
  ['null', null],
  ['empty', ''],
])('a refusal with a sign that is %s is unsigned', async (_, sign) => {
  await expect(read({ ret_code: '3003', sign })).rejects.toMatchObject({
    name: 'RejectedError',
    signature: 'absent',
    returnMessage: undefined,
  })
})

test.each(GATE_FAILURES)('a signed %s is a verified refusal', async (returnCode, returnMessage) => {
  const members = { ret_code: returnCode, ret_msg: returnMessage, sign_type: 'RSA' }
  await expect(read(signed(members))).rejects.toMatchObject({
    name: 'RejectedError',
    returnCode,
    returnMessage,
    signature: 'verified',
  })
})

const refused = { ret_code: '3003', ret_msg: 'x', sign_type: 'RSA' }

test.each([
  [
    'a sign that does not verify',
    { ...signed(refused), ret_msg: 'y' },
    'SignatureError',
    'ERR_SIGNATURE_INVALID',
  ],
  [
    'a sign that is not a base64',
    { ...refused, sign: '?' },
    'SignatureError',
    'ERR_SIGNATURE_INVALID',
  ],
  ['a sign that is a number', { ...refused, sign: 0 }, 'SignatureError', 'ERR_SIGNATURE_INVALID'],
  [
    'another sign_type',
    { ...refused, sign_type: 'MD5' },
    'SignatureError',
    'ERR_SIGNATURE_WRONG_TYPE',
  ],
  [
    "another customer's user_id",
    signed({ ...refused, user_id: 'x' }),
    'ProtocolError',
    'ERR_REPLY_MISMATCH',
  ],
  [
    'an ambiguous text',
    signed({ ...refused, ret_msg: 'x&ret_code=0000' }),
    'ProtocolError',
    'ERR_REPLY_AMBIGUOUS',
  ],
])('a refusal with %s is not believed', async (_, members, name, code) => {
  await expect(read(members)).rejects.toMatchObject({ name, code })
})

test('an unsigned refusal that holds an object is a refusal all the same', async () => {
  await expect(read({ ret_code: '1004', details: { a: [1] } })).rejects.toMatchObject({
    name: 'RejectedError',
    signature: 'absent',
  })
})

test('a 3003 says what the causes may be', async () => {
  await expect(read({ ret_code: '3003' })).rejects.toMatchObject({
    message: expect.stringContaining('3003'),
    hint: expect.stringMatching(/pay_type.*"2".*user_id.*unbound before/),
  })
})

const rows = loadReturnCodes().filter((row) => row['namespace'] === 'core')
const codesOf = (retry: string) =>
  rows.flatMap((row) => (row['auto_retry'] === retry ? [row['code'] ?? ''] : []))
const UNLISTED = ['0001', '1999', '9998', 'PR07', 'ZZZZ']

describe.each([
  ['unsigned', (members: Record<string, string>) => members, 'absent'],
  ['signed', signed, 'verified'],
])('%s', (_how, seal, signature) => {
  test.each([...codesOf('only-after-query'), ...UNLISTED])(
    '%s leaves the outcome unknown',
    async (code) => {
      await expect(read(seal({ ret_code: code, ret_msg: 'x' }))).rejects.toMatchObject({
        name: 'UnknownOutcomeError',
        delivered: 'unknown',
        attempts: 1,
        cause: expect.objectContaining({ name: 'RejectedError', returnCode: code, signature }),
      })
    },
  )

  test('every other code but 0000 is a refusal', async () => {
    const codes = codesOf('no').filter((code) => code !== '0000')
    expect(codes.length).toBeGreaterThan(100)
    for (const code of codes) {
      await expect(read(seal({ ret_code: code }))).rejects.toMatchObject({
        name: 'RejectedError',
        returnCode: code,
        signature,
      })
    }
  })
})

test('how many codes leave the outcome unknown', () => {
  expect(codesOf('only-after-query')).toHaveLength(rows.length - codesOf('no').length)
})

describe('an endpoint that only reads throws the inner error', async () => {
  const list = defineApi({
    id: 'card.probe',
    summary: 'A probe',
    host: 'queryapi',
    path: '/probe.htm',
    effect: 'read',
    params: { user_id: {} },
    reply: { ret_code: {}, count: {} },
    signTypes: ['RSA'],
    success: ['0000'],
    notListed: [],
    unsignedFields: ['rows'],
    foreignFields: [],
    assumed: {},
    advice: {},
  })
  const asked = await prepareRequest(list, { user_id: 'u' }, options)
  const ask = (members: object, status = 200) =>
    processReply(asked, respond(members, status), { verifier })

  test.each([
    ['a code of no known outcome', { ret_code: '9999' }, 200, 'RejectedError', 'ERR_REJECTED'],
    ['a status', {}, 502, 'TransportError', 'ERR_TRANSPORT_STATUS'],
    ['no JSON object', [], 200, 'ProtocolError', 'ERR_REPLY_INVALID'],
    ['no signature', { ret_code: '0000' }, 200, 'SignatureError', 'ERR_SIGNATURE_MISSING'],
    [
      'a member that is missing',
      signed({ ret_code: '0000' }),
      200,
      'ProtocolError',
      'ERR_REPLY_INVALID',
    ],
  ])('%s', async (_, members, status, name, code) => {
    await expect(ask(members, status)).rejects.toMatchObject({ name, code })
  })

  test('and lists the members that nothing covers', async () => {
    const rowsSent = JSON.parse('[{"no_agree":"1","__proto__":{"x":1.50}}]')
    const reply = await ask({ ...signed({ ret_code: '0000', count: '1' }), rows: rowsSent })
    expect(reply.unsignedFields).toEqual(['rows'])
    expect(JSON.stringify(reply.fields)).toBe(
      '{"ret_code":"0000","count":"1","rows":[{"no_agree":"1","__proto__":{"x":"1.5"}}]}',
    )
  })
})
