import { gzipSync } from 'node:zlib'

import { plainSign, plainSigner, plainVerifier, withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { expect, test } from 'vitest'

import { unbind } from '../apis/card/unbind.ts'
import { prepareRequest } from './prepare-request.ts'
import { processReply } from './process-reply.ts'

const gateway = vectorKey('k1024')
const merchant = plainSigner(vectorKey('k2048').pkcs8Pem)
const verifier = plainVerifier(gateway.spkiPem)
const oidPartner = '201304121000001004'
const params = { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D', platform: 'p1' }
const request = await prepareRequest(unbind, params, { oidPartner, signer: merchant })
const bareRequest = await prepareRequest(
  unbind,
  { user_id: '1234567', no_agree: '2014031710002121' },
  { oidPartner, signer: merchant },
)
const done = { ret_code: '0000', ret_msg: '交易成功', sign_type: 'RSA' }

const read = (source: string | Uint8Array, asked = request) =>
  processReply(asked, { status: 200, headers: {}, body: Buffer.from(source) }, { verifier })

const signed = (members: Record<string, string>) => withSign(members, gateway.pkcs8Pem)
const good = signed(done)
const sign = good['sign'] ?? ''
const text = JSON.stringify
const written = (members: string, canonical: string) =>
  `{${members},"sign":"${plainSign(canonical, gateway.pkcs8Pem)}"}`
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const tooLarge = text({ ...good, ret_msg: 'x'.repeat(1_048_576) })

const PROTOCOL: readonly (readonly [string, string | Uint8Array, string])[] = [
  ['a number as ret_code', written('"ret_code":0', 'ret_code=0'), 'ERR_REPLY_INVALID'],
  ['0000 as a number', written('"ret_code":10000', 'ret_code=10000'), 'ERR_REPLY_INVALID'],
  [
    'a ret_code of five characters',
    text(signed({ ...done, ret_code: '00000' })),
    'ERR_REPLY_INVALID',
  ],
  [
    'a ret_code of three characters',
    text(signed({ ...done, ret_code: '000' })),
    'ERR_REPLY_INVALID',
  ],
  [
    'a ret_code with a line break',
    text(signed({ ...done, ret_code: '0000\n' })),
    'ERR_REPLY_INVALID',
  ],
  [
    'a ret_code with wide digits',
    text(signed({ ...done, ret_code: '００００' })),
    'ERR_REPLY_INVALID',
  ],
  ['a ret_code in small letters', text(signed({ ...done, ret_code: 'abcd' })), 'ERR_REPLY_INVALID'],
  ['a list as ret_code', text({ ...done, ret_code: ['0000'] }), 'ERR_REPLY_INVALID'],
  ['null as ret_code', text({ ...done, ret_code: null }), 'ERR_REPLY_INVALID'],
  ['no ret_code', text(signed({ ret_msg: 'x' })), 'ERR_REPLY_INVALID'],
  ['RET_CODE in capitals', text(signed({ RET_CODE: '0000' })), 'ERR_REPLY_INVALID'],
  ['an empty object', '{}', 'ERR_REPLY_INVALID'],
  ['a list', `[${text(good)}]`, 'ERR_REPLY_INVALID'],
  ['null', 'null', 'ERR_REPLY_INVALID'],
  ['two ret_codes', text(good).replace('{', '{"ret_code":"3003",'), 'ERR_REPLY_DUPLICATE_MEMBER'],
  [
    'two ret_codes, one escaped',
    text(good).replace('{', String.raw`{"ret\u005fcode":"3003",`),
    'ERR_REPLY_DUPLICATE_MEMBER',
  ],
  ['two signs', text(good).replace('{', '{"sign":"AAAA",'), 'ERR_REPLY_DUPLICATE_MEMBER'],
  [
    'two equal members',
    text(good).replace('{', '{"ret_code":"0000",'),
    'ERR_REPLY_DUPLICATE_MEMBER',
  ],
  [
    'a duplicate deep inside',
    text(good).replace('{', '{"x":[{"a":1,"a":2}],'),
    'ERR_REPLY_DUPLICATE_MEMBER',
  ],
  ['an object that should be signed', text({ ...good, x: {} }), 'ERR_REPLY_INVALID'],
  ['a list that should be signed', text({ ...good, x: ['1'] }), 'ERR_REPLY_INVALID'],
  ['an object as ret_msg', text({ ...good, ret_msg: { zh: 'x' } }), 'ERR_REPLY_INVALID'],
  ['deep nesting', text(good).replace('{', `{"x":${nested(100_000)},`), 'ERR_REPLY_INVALID'],
  ['half a character', text(good).replace('{', String.raw`{"x":"\ud83d",`), 'ERR_REPLY_INVALID'],
  ['a name with a blank', text(signed({ ...done, 'sign_type ': 'RSA' })), 'ERR_REPLY_INVALID'],
  ['a name with an equals sign', text(signed({ ...done, 'a=b': '1' })), 'ERR_REPLY_INVALID'],
  ['a name with an ampersand', text(signed({ ...done, 'a&b': '1' })), 'ERR_REPLY_INVALID'],
  ['an empty name', text(signed({ ...done, '': '1' })), 'ERR_REPLY_INVALID'],
  ['a name beyond ASCII', text(signed({ ...done, é: '1' })), 'ERR_REPLY_INVALID'],
  [
    'a boundary that moved',
    text(signed({ a: '1&ret_code=3003', ret_code: '0000' })),
    'ERR_REPLY_AMBIGUOUS',
  ],
  [
    'a refusal folded into a success',
    text(signed({ ret_code: '0000', ret_msg: 'x&ret_code=3003' })),
    'ERR_REPLY_AMBIGUOUS',
  ],
  [
    'a member that could be split off',
    text(signed({ ret_code: '0000', ret_msg: 'ok&user_id=other' })),
    'ERR_REPLY_AMBIGUOUS',
  ],
  ['a split in the middle', text(signed({ a: '1&b=2', ret_code: '0000' })), 'ERR_REPLY_AMBIGUOUS'],
  ['more than 1 MiB', tooLarge, 'ERR_REPLY_TOO_LARGE'],
  ['white space beyond 1 MiB', text(good).padEnd(1_048_577), 'ERR_REPLY_TOO_LARGE'],
  ['zeros beyond 1 MiB', new Uint8Array(1_048_577), 'ERR_REPLY_TOO_LARGE'],
]

test.each(PROTOCOL)('refuses %s', async (_, body, code) => {
  await expect(read(body)).rejects.toMatchObject({
    name: 'ProtocolError',
    code,
    delivered: 'unknown',
    message: expect.stringContaining('may have been unbound'),
  })
})

const ECHOES = ['oid_partner', 'user_id', 'no_agree', 'platform', 'pay_type']
const FOREIGN = [
  'count',
  'token',
  'no_order',
  'result_pay',
  'card_no',
  'oid_paybill',
  'settle_date',
  'money_order',
  'dt_order',
  'bank_code',
]

test.each([
  ...ECHOES.map((name) => [`another ${name}`, request, { [name]: 'X' }] as const),
  ...FOREIGN.map((name) => [`the member ${name}`, request, { [name]: '1' }] as const),
  ['another pay_type than the one assumed', bareRequest, { pay_type: 'D' }] as const,
  ['a platform where none was sent', bareRequest, { platform: 'p1' }] as const,
  ['an echo with a blank', request, { user_id: '1234567 ' }] as const,
  ['a list of bound cards', request, { count: '0', user_id: '1234567' }] as const,
])('refuses a reply to another request: %s', async (_, asked, extra) => {
  const reply = read(text(signed({ ...done, ...extra })), asked)
  await expect(reply).rejects.toMatchObject({ name: 'ProtocolError', code: 'ERR_REPLY_MISMATCH' })
})

test('a number that equals the echo is the echo', async () => {
  const body = written('"ret_code":"0000","user_id":1234567', 'ret_code=0000&user_id=1234567')
  await expect(read(body)).resolves.toMatchObject({ fields: { user_id: '1234567' } })
})

const gbk = Buffer.concat([
  Buffer.from('{"ret_code":"0000","ret_msg":"'),
  Buffer.of(0xbd, 0xbb, 0xd2, 0xd7),
  Buffer.from(`","sign":"${sign}"}`),
])

test.each([
  ['a page of HTML', '<html><body>502 Bad Gateway</body></html>'],
  ['nothing', ''],
  ['a form', 'ret_code=0000&ret_msg=ok'],
  ['half a reply', text(good).slice(0, -5)],
  ['all but the last character', text(good).slice(0, -1)],
  ['text behind the reply', `${text(good)}x`],
  ['two replies', text(good) + text(good)],
  ['JSON with padding', `callback(${text(good)})`],
  ['GBK', gbk],
  [
    'an overlong character',
    Buffer.concat([Buffer.from(text(good).slice(0, -1)), Buffer.of(0xc0, 0xaf, 0x7d)]),
  ],
  ['UTF-16', Buffer.from(text(good), 'utf16le')],
  ['two byte order marks', `\uFEFF\uFEFF${text(good)}`],
  ['gzip that nobody announced', gzipSync(text(good))],
])('does not know what came of it after %s', async (_, body) => {
  await expect(read(body)).rejects.toMatchObject({
    name: 'UnknownOutcomeError',
    code: 'ERR_OUTCOME_UNKNOWN',
    delivered: 'unknown',
    attempts: 1,
    lastSeen: null,
    cause: expect.objectContaining({ code: 'ERR_REPLY_NOT_JSON' }),
  })
})

test.each([100, 201, 202, 204, 206, 301, 302, 307, 400, 401, 403, 404, 429, 500, 502, 503])(
  'a good reply under HTTP status %i is none',
  async (status) => {
    const response = { status, headers: {}, body: Buffer.from(text(good)) }
    await expect(processReply(request, response, { verifier })).rejects.toMatchObject({
      name: 'UnknownOutcomeError',
      cause: expect.objectContaining({ code: 'ERR_TRANSPORT_STATUS', status }),
    })
  },
)

test('without a verifier nothing is believed', async () => {
  const response = { status: 200, headers: {}, body: Buffer.from(text(good)) }
  await expect(processReply(request, response, { verifier: [] })).rejects.toMatchObject({
    code: 'ERR_CONFIG_MISSING',
  })
})
