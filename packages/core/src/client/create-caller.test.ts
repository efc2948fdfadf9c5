import { EventEmitter, once } from 'node:events'

import { plainSigner, plainVerifier, withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { expect, test } from 'vitest'

import { defineApi } from '../api/define-api.ts'
import { unbind } from '../apis/card/unbind.ts'
import { KeyError } from '../errors/key-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { TransportError } from '../errors/transport-error.ts'
import type { Signer } from '../signing/ports.ts'
import type { HttpRequest, HttpResponse, Transport } from '../transport/port.ts'
import { createCaller } from './create-caller.ts'

const gateway = vectorKey('k1024')
const params = { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }
const members = { ret_code: '0000', ret_msg: '交易成功', sign_type: 'RSA' }
const done: HttpResponse = {
  status: 200,
  headers: {},
  body: Buffer.from(JSON.stringify(withSign(members, gateway.pkcs8Pem))),
}
const parts = {
  oidPartner: '201304121000001004',
  timeoutMs: 60_000,
  retry: 0,
  settle: 'never' as const,
  signer: plainSigner(vectorKey('k2048').pkcs8Pem),
  verifiers: [plainVerifier(gateway.spkiPem)],
}

/** A caller over a transport whose calls are counted. */
function callerOver(transport: Transport, changed: Partial<typeof parts> = {}) {
  const sent: HttpRequest[] = []
  const caller = createCaller({
    ...parts,
    ...changed,
    transport: (request, signal) => {
      sent.push(request)
      return transport(request, signal)
    },
  })
  const call = (signal?: AbortSignal) => caller.call(unbind, params, { signal })
  return { call, caller, sent }
}

const never: Transport = () => new Promise(() => undefined)
const failing =
  (error: unknown): Transport =>
  async () => {
    throw error
  }

test('a good reply proves the outcome', async () => {
  const { call, sent } = callerOver(async () => done)
  const result = await call()
  expect(result).toEqual({
    outcome: 'unbound',
    evidence: 'signed-reply',
    attempts: 1,
    reply: { fields: members, signature: 'verified', unsignedFields: [], attempts: 1 },
  })
  expect(Object.getPrototypeOf(result)).toBeNull()
  expect(sent).toHaveLength(1)
})

test('the transport gets the request and nothing else', async () => {
  const { call, sent } = callerOver(async () => done)
  await call()
  expect(Object.keys(sent[0] ?? {}).toSorted()).toEqual([
    'body',
    'headers',
    'mayShareConnection',
    'method',
    'url',
  ])
})

test('an endpoint that only reads resolves to its reply', async () => {
  const { outcome: _, settledBy: __, ...rest } = unbind
  const { caller } = callerOver(async () => done)
  const reply = await caller.call(defineApi({ ...rest, effect: 'read' }), params)
  expect(reply).toEqual({ fields: members, signature: 'verified', unsignedFields: [], attempts: 1 })
})

const connect = (delivered: 'no' | 'unknown') =>
  new TransportError('ERR_TRANSPORT_CONNECT', 'm', { delivered })
const foreign = Object.assign(new TypeError('body={"no_agree":"CANARY"}'), { code: 'ECONNRESET' })
const respond =
  (status: number, text: string): Transport =>
  async () => ({
    status,
    headers: {},
    body: Buffer.from(text),
  })

const FAILURES: readonly (readonly [string, Transport, object])[] = [
  [
    'a refused connection',
    failing(connect('no')),
    { code: 'ERR_TRANSPORT_CONNECT', delivered: 'no' },
  ],
  [
    'a connection that broke',
    failing(connect('unknown')),
    { code: 'ERR_OUTCOME_UNKNOWN', cause: { code: 'ERR_TRANSPORT_CONNECT' } },
  ],
  [
    'an error of somebody else',
    failing(foreign),
    {
      code: 'ERR_OUTCOME_UNKNOWN',
      cause: {
        code: 'ERR_TRANSPORT_CLOSED',
        delivered: 'unknown',
        cause: { message: 'TypeError (ECONNRESET)' },
      },
    },
  ],
  [
    'a text that is thrown',
    failing('CANARY'),
    { code: 'ERR_OUTCOME_UNKNOWN', cause: { code: 'ERR_TRANSPORT_CLOSED' } },
  ],
  [
    'a body that is too large',
    failing(new ProtocolError('ERR_REPLY_TOO_LARGE', 'm')),
    { code: 'ERR_REPLY_TOO_LARGE', delivered: 'unknown' },
  ],
  [
    'a redirect',
    respond(302, ''),
    { code: 'ERR_OUTCOME_UNKNOWN', cause: { code: 'ERR_TRANSPORT_STATUS' } },
  ],
  [
    'a page of HTML',
    respond(200, '<html>'),
    { code: 'ERR_OUTCOME_UNKNOWN', cause: { code: 'ERR_REPLY_NOT_JSON' } },
  ],
  [
    'an unsigned success',
    respond(200, '{"ret_code":"0000"}'),
    { code: 'ERR_SIGNATURE_MISSING', delivered: 'unknown' },
  ],
  [
    'a system error',
    respond(200, '{"ret_code":"9999"}'),
    { code: 'ERR_OUTCOME_UNKNOWN', cause: { returnCode: '9999' } },
  ],
  ['a refusal', respond(200, '{"ret_code":"3003"}'), { code: 'ERR_REJECTED', returnCode: '3003' }],
]

test.each(FAILURES)(
  '%s is reported as it is, and nothing is sent twice',
  async (_, transport, expected) => {
    const { call, sent } = callerOver(transport)
    await expect(call()).rejects.toMatchObject(expected)
    expect(sent).toHaveLength(1)
  },
)

test('a transport that throws at once has failed like any other', async () => {
  const { call, sent } = callerOver(() => {
    throw foreign
  })
  await expect(call()).rejects.toMatchObject({ code: 'ERR_OUTCOME_UNKNOWN' })
  expect(sent).toHaveLength(1)
})

test.each([
  ['an error of somebody else', new Error('CANARY'), 'ERR_SIGN_FAILED'],
  ['a KeyError', new KeyError('ERR_KEY_INVALID', 'm'), 'ERR_KEY_INVALID'],
])('a signer that throws %s has sent nothing', async (_, error, code) => {
  const signer: Signer = {
    algorithm: 'MD5withRSA',
    sign: async () => {
      throw error
    },
  }
  const { call, sent } = callerOver(never, { signer })
  await expect(call()).rejects.toMatchObject({ code, delivered: 'no' })
  expect(sent).toHaveLength(0)
})

test('wrong parameters send nothing', async () => {
  const { caller, sent } = callerOver(never)
  const call = caller.call(unbind, { ...params, user_id: '' })
  await expect(call).rejects.toMatchObject({ code: 'ERR_PARAMETER_INVALID', delivered: 'no' })
  expect(sent).toHaveLength(0)
})

test('a parameter that cannot be read sends nothing', async () => {
  const broken = Object.defineProperty({ ...params }, 'user_id', {
    enumerable: true,
    get: () => {
      throw new Error('CANARY')
    },
  })
  const { caller, sent } = callerOver(never)
  const error: unknown = await caller.call(unbind, broken).catch((caught: unknown) => caught)
  expect(error).not.toMatchObject({ name: 'UnknownOutcomeError' })
  expect(sent).toHaveLength(0)
})

test.each([
  ['nothing', undefined],
  ['null', null],
  ['no body', { status: 200, headers: {} }],
  ['a body that is text', { status: 200, headers: {}, body: '{"ret_code":"0000"}' }],
  ['a status that is text', { ...done, status: '200' }],
])('a transport that gives %s leaves the outcome unknown', async (_, given) => {
  const wrong: { transport: Transport } = Object.assign(
    { transport: never },
    { transport: async () => given },
  )
  const { call } = callerOver(wrong.transport)
  await expect(call()).rejects.toMatchObject({ code: 'ERR_OUTCOME_UNKNOWN', delivered: 'unknown' })
})

test('calls at the same time do not mix', async () => {
  const arrived = new EventEmitter()
  let count = 0
  const { caller } = callerOver(async ({ body }) => {
    const { user_id: user = '' }: Record<string, string> = JSON.parse(Buffer.from(body).toString())
    count += 1
    if (count === 3) arrived.emit('all')
    // The first one is replied last.
    else if (user === 'a') await once(arrived, 'all')
    const answer = withSign({ ...members, user_id: user }, gateway.pkcs8Pem)
    return { ...done, body: Buffer.from(JSON.stringify(answer)) }
  })
  const results = await Promise.all(
    ['a', 'b', 'c'].map((user) => caller.call(unbind, { ...params, user_id: user })),
  )
  expect(results.map(({ reply }) => Reflect.get(reply.fields, 'user_id'))).toEqual(['a', 'b', 'c'])
})

test('what other code puts on Object.prototype is not an option of a call, and no part of a caller', async () => {
  const polluted = {
    resume: true,
    settle: 'always',
    payTypes: ['D'],
    beforeSending: () => Promise.reject(new Error('not ours')),
    signal: AbortSignal.abort(),
  }
  const { settle: _, ...bare } = parts
  const sent: string[] = []
  const transport: Transport = async ({ url }) => {
    sent.push(url.slice(url.lastIndexOf('/')))
    return done
  }
  Object.assign(Object.prototype, polluted)
  try {
    const caller = createCaller({ ...bare, transport })
    expect(await caller.call(unbind, params, {})).toMatchObject({ evidence: 'signed-reply' })
  } finally {
    for (const name of Object.keys(polluted)) Reflect.deleteProperty(Object.prototype, name)
  }
  expect(sent).toEqual(['/bankcardunbind.htm'])
})
