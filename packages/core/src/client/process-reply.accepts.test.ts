import {
  plainCanonical,
  plainSign,
  plainSigner,
  plainVerifier,
  withSign,
} from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { expect, test } from 'vitest'

import { list } from '../apis/card/list.ts'
import { unbind } from '../apis/card/unbind.ts'
import { prepareRequest } from './prepare-request.ts'
import { processReply } from './process-reply.ts'

const gateway = vectorKey('k1024')
const verifier = plainVerifier(gateway.spkiPem)
const request = await prepareRequest(
  unbind,
  { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' },
  { oidPartner: '201304121000001004', signer: plainSigner(vectorKey('k2048').pkcs8Pem) },
)
const done = { ret_code: '0000', ret_msg: '交易成功', sign_type: 'RSA' }

const read = (text: string, headers: Record<string, string> = {}) =>
  processReply(request, { status: 200, headers, body: Buffer.from(text) }, { verifier })

/** A reply whose members are written by hand, and whose signature covers `canonical`. */
const written = (members: string, canonical: string) =>
  `{${members},"sign":"${plainSign(canonical, gateway.pkcs8Pem)}"}`

const signed = (members: Record<string, string>) => withSign(members, gateway.pkcs8Pem)
const brokenLines = (base64: string) => base64.replaceAll(/.{76}/g, '$&\r\n')

const { sign = '', ...bare } = signed(done)
const escaped = '\\u0072et_code'

const GOOD: readonly (readonly [string, string, Record<string, string>])[] = [
  ['the plain answer', JSON.stringify(signed(done)), done],
  [
    'another order',
    JSON.stringify({ sign, ...Object.fromEntries(Object.entries(bare).toReversed()) }),
    done,
  ],
  ['white space', JSON.stringify(signed(done), undefined, '\t').replaceAll('\n', '\r\n'), done],
  ['a byte order mark', `\uFEFF${JSON.stringify(signed(done))}`, done],
  ['white space around', ` \n${JSON.stringify(signed(done))}\n`, done],
  [
    'unknown members',
    JSON.stringify(signed({ ...done, correlationID: 'x', z_new: '1' })),
    { ...done, correlationID: 'x', z_new: '1' },
  ],
  ['no sign_type', JSON.stringify(signed({ ret_code: '0000' })), { ret_code: '0000' }],
  [
    'no ret_msg',
    JSON.stringify(signed({ ret_code: '0000', sign_type: 'RSA' })),
    { ret_code: '0000', sign_type: 'RSA' },
  ],
  ['a sign with line breaks', JSON.stringify({ ...bare, sign: brokenLines(sign) }), done],
  ['a sign with a line break behind', JSON.stringify({ ...bare, sign: `${sign}\n` }), done],
  [
    'the echoes of the request',
    JSON.stringify(signed({ ...done, ...request.members })),
    { ...done, ...request.members },
  ],
  [
    'an echo alone',
    JSON.stringify(signed({ ...done, user_id: '1234567' })),
    { ...done, user_id: '1234567' },
  ],
  [
    'escapes',
    written(
      `"${escaped}":"\\u0030000","ret_msg":"\\u4ea4\\/\\"\\n"`,
      'ret_code=0000&ret_msg=交/"\n',
    ),
    { ret_code: '0000', ret_msg: '交/"\n' },
  ],
  [
    'a number that keeps its zero',
    written('"ret_code":"0000","fee":0.10', 'fee=0.10&ret_code=0000'),
    { ret_code: '0000', fee: '0.10' },
  ],
  [
    'a number with exponent',
    written('"ret_code":"0000","fee":-1E+05', 'fee=-1E+05&ret_code=0000'),
    { ret_code: '0000', fee: '-1E+05' },
  ],
  [
    'booleans',
    written('"ret_code":"0000","a":true,"b":false', 'a=true&b=false&ret_code=0000'),
    { ret_code: '0000', a: 'true', b: 'false' },
  ],
  [
    'null and empty members',
    written('"ret_code":"0000","a":null,"b":""', 'ret_code=0000'),
    { ret_code: '0000' },
  ],
  [
    'a null foreign member',
    written('"ret_code":"0000","count":null', 'ret_code=0000'),
    { ret_code: '0000' },
  ],
  [
    'a member named __proto__',
    written('"__proto__":"x","ret_code":"0000"', '__proto__=x&ret_code=0000'),
    JSON.parse('{"__proto__":"x","ret_code":"0000"}'),
  ],
  [
    'an ampersand that moves nothing',
    JSON.stringify(signed({ ...done, ret_msg: 'R&D & a=b' })),
    { ...done, ret_msg: 'R&D & a=b' },
  ],
  [
    'astral characters',
    JSON.stringify(signed({ ...done, ret_msg: '😀' })),
    { ...done, ret_msg: '😀' },
  ],
]

test.each(GOOD)('accepts %s', async (_, text, fields) => {
  const reply = await read(text)
  expect(new Map(Object.entries(reply.fields))).toEqual(new Map(Object.entries(fields)))
  expect(reply).toMatchObject({ signature: 'verified', unsignedFields: [], attempts: 1 })
})

test('the signature of the first reply covers what a reader would write by hand', () => {
  expect(plainCanonical(done)).toBe('ret_code=0000&ret_msg=交易成功&sign_type=RSA')
})

test.each([
  ['text/html', { 'content-type': 'text/html' }],
  ['text/json in GBK', { 'content-type': 'text/json;charset=GBK' }],
])('does not care for a content type of %s', async (_, headers) => {
  await expect(read(JSON.stringify(signed(done)), headers)).resolves.toMatchObject({
    fields: { ret_code: '0000' },
  })
})

test('a reply of exactly 1 MiB is read', async () => {
  const text = JSON.stringify(signed(done))
  const padded = text + ' '.repeat(1_048_576 - Buffer.byteLength(text))
  await expect(read(padded)).resolves.toMatchObject({ fields: { ret_code: '0000' } })
})

test('nothing that is returned has a prototype', async () => {
  const reply = await read(JSON.stringify(signed(done)))
  expect(Object.getPrototypeOf(reply)).toBeNull()
  expect(Object.getPrototypeOf(reply.fields)).toBeNull()
  expect('toString' in reply.fields).toBe(false)
})

test('while a key rotates, the old and the new one are both good', async () => {
  const next = vectorKey('k2048')
  const verifiers = [plainVerifier(next.spkiPem), verifier]
  for (const key of [gateway, next]) {
    const body = Buffer.from(JSON.stringify(withSign(done, key.pkcs8Pem)))
    const reply = await processReply(
      request,
      { status: 200, headers: {}, body },
      { verifier: verifiers },
    )
    expect(reply.signature).toBe('verified')
  }
})

test('an omitted pay_type may be replied as "2"', async () => {
  const members = { user_id: '1234567', no_agree: '2014031710002121' }
  const omitted = await prepareRequest(unbind, members, {
    oidPartner: '201304121000001004',
    signer: plainSigner(vectorKey('k2048').pkcs8Pem),
  })
  const body = Buffer.from(JSON.stringify(signed({ ...done, pay_type: '2' })))
  const reply = await processReply(omitted, { status: 200, headers: {}, body }, { verifier })
  expect(reply.fields).toMatchObject({ pay_type: '2' })
})

test('attempts are reported as they were given', async () => {
  const body = Buffer.from(JSON.stringify(signed(done)))
  const reply = await processReply(
    request,
    { status: 200, headers: {}, body },
    { verifier, attempts: 3 },
  )
  expect(reply.attempts).toBe(3)
})

test('what is null in the unsigned rows of a list, or in their place, is missing', async () => {
  const asked = await prepareRequest(
    list,
    { user_id: '1234567' },
    { oidPartner: '201304121000001004', signer: plainSigner(vectorKey('k2048').pkcs8Pem) },
  )
  const readList = (count: string, agreement_list: unknown) => {
    const members = { ret_code: '0000', user_id: '1234567', count, sign_type: 'RSA' }
    const text = JSON.stringify({ ...signed(members), agreement_list })
    return processReply(asked, { status: 200, headers: {}, body: Buffer.from(text) }, { verifier })
  }
  const rows = [{ no_agree: '1', card_type: '2', bank_name: null, bind_mobile: null, more: null }]
  expect(await readList('1', rows)).toMatchObject({
    fields: { agreement_list: [{ no_agree: '1', card_type: '2' }] },
    unsignedFields: ['agreement_list'],
  })
  const none = await readList('0', null)
  expect(none.fields).not.toHaveProperty('agreement_list')
  expect(none.unsignedFields).toEqual([])
  await expect(readList('1', [{ no_agree: null }])).rejects.toMatchObject({
    code: 'ERR_REPLY_INVALID',
  })
  await expect(readList('1', [null])).rejects.toMatchObject({ code: 'ERR_REPLY_INVALID' })
})
