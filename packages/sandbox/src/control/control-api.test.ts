import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { plainSigner, plainVerifier, withSign } from '@internal/testkit/signing'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'

import { createSandbox, type SandboxOptions } from '../create-sandbox.ts'
import type { SandboxCard } from '../state/sandbox-cards.ts'
import { CONTROL_ROUTES } from './control-api.ts'

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 1024,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })

const merchant = pair()
const gateway = pair()
const oid_partner = '201304121000001004'
const ORIGIN = 'http://127.0.0.1:8090'
const card: SandboxCard = { user_id: 'u-1', no_agree: '2014031710002121', pay_type: 'D' }

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
  >
}

interface OpenApi {
  readonly components: object
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

const document: OpenApi = JSON.parse(
  readFileSync(new URL('../../control-api.openapi.json', import.meta.url), 'utf8'),
)

/** Checks a response against the document; one that it lacks is a failure. */
async function expectDocumented(method: string, path: string, response: Response): Promise<void> {
  const route = `/${path.split('?')[0]}`
  const documented = document.paths[route]?.[method.toLowerCase()]?.responses[response.status]
  expect(documented, `${method} ${route} ${response.status}`).toBeDefined()
  const schema = documented?.content?.['application/json']?.schema
  if (schema === undefined) return
  const ajv = new Ajv2020({ strict: false })
  const validate = ajv.compile({ ...schema, components: document.components })
  validate(await response.clone().json())
  expect(validate.errors, `${method} ${route} ${response.status}`).toBeNull()
}

function open(options: Partial<SandboxOptions> = {}) {
  const sandbox = createSandbox({
    gatewaySigner: plainSigner(gateway.privateKey),
    partners: [
      {
        oidPartner: oid_partner,
        verifier: plainVerifier(merchant.publicKey),
        signer: plainSigner(merchant.privateKey),
      },
    ],
    cards: [card],
    ...options,
  })
  const send = async (method: string, path: string, init: RequestInit = {}) => {
    const request = new Request(`${ORIGIN}/_sandbox/${path}`, { method, ...init })
    const response = await sandbox.fetch(request)
    await expectDocumented(method, path, response)
    return response
  }
  const change = (method: string, path: string, body: unknown) =>
    send(method, path, {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json;charset=utf-8' },
    })
  const post = (body: string) =>
    sandbox.fetch(new Request(`${ORIGIN}/bankcardunbind.htm`, { method: 'POST', body }))
  const unbind = (members: Record<string, string> = { ...card, user_id: 'u-1' }) =>
    post(
      JSON.stringify(withSign({ oid_partner, sign_type: 'RSA', ...members }, merchant.privateKey)),
    )
  return { sandbox, send, change, post, unbind }
}

const json = async (response: Promise<Response>) => {
  const value: unknown = await (await response).json()
  return value
}

const statusOf = async (response: Promise<Response>) => (await response).status

const ROUTES = Object.entries(CONTROL_ROUTES).flatMap(([path, methods]) =>
  Object.keys(methods).map((method): [string, string] => [method, path]),
)

describe('the OpenAPI document', () => {
  test('is valid', async () => {
    const { valid, errors } = await new Validator().validate({ ...structuredClone(document) })
    expect(errors ?? []).toEqual([])
    expect(valid).toBe(true)
  })

  test('has the routes of the server, and no others', () => {
    const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.slice(1)}`),
    )
    expect(documented.toSorted()).toEqual(
      ROUTES.map(([method, path]) => `${method} ${path}`).toSorted(),
    )
  })
})

test('health reports what the sandbox holds', async () => {
  const { send, unbind } = open()
  await unbind()
  expect(await json(send('GET', 'health'))).toMatchObject({
    ok: true,
    oidPartners: [oid_partner],
    cards: 0,
    scenarios: 0,
    last: 1,
  })
})

test('requests are listed behind an id, with the run, and forgotten', async () => {
  const { send, unbind } = open()
  await unbind()
  await unbind()
  const all = await json(send('GET', 'requests'))
  expect(all).toMatchObject({ requests: [{ id: 1, ret_code: '0000' }, { id: 2 }], last: 2 })
  expect(await json(send('GET', 'requests?after=1'))).toMatchObject({ requests: [{ id: 2 }] })
  expect(await json(send('GET', 'requests?after=2'))).toMatchObject({ requests: [], last: 2 })
  expect(await statusOf(send('GET', 'requests?after=x'))).toBe(400)
  expect(await statusOf(send('GET', 'requests?after=-1'))).toBe(400)
  expect(await statusOf(send('DELETE', 'requests'))).toBe(204)
  expect(await json(send('GET', 'requests'))).toMatchObject({ requests: [], last: 2 })
})

test('cards are bound, listed and unbound', async () => {
  const { send, change, sandbox } = open()
  const second = { user_id: 'u-2', no_agree: '22' }
  expect(await json(change('POST', 'cards', second))).toEqual({ card: { ...second, oid_partner } })
  const more = {
    cards: [
      { user_id: 'u-3', no_agree: '3' },
      { user_id: 'u-4', no_agree: '4' },
    ],
  }
  expect(await json(change('POST', 'cards', more))).toMatchObject({ cards: [{}, {}] })
  expect(await json(send('GET', 'cards'))).toMatchObject({ cards: [{ ...card }, {}, {}, {}] })
  expect(await statusOf(change('DELETE', 'cards', second))).toBe(204)
  expect(await statusOf(change('DELETE', 'cards', second))).toBe(404)
  expect(await statusOf(send('DELETE', 'cards?user_id=u-3&no_agree=3'))).toBe(204)
  expect(sandbox.state.cards.size).toBe(2)
})

test.each([
  {},
  { user_id: 'u' },
  { user_id: '', no_agree: '1' },
  { user_id: 'u', no_agree: 1 },
  { user_id: 'u', no_agree: '1', pat_type: 'D' },
  { user_id: 'u', no_agree: '1', oid_partner: '1' },
  { user_id: 'u', no_agree: 'a&b' },
  { cards: [{ user_id: 'u', no_agree: '1' }, {}] },
  { cards: ['x'] },
])('%j is not a card: nothing is bound', async (body) => {
  const { change, sandbox } = open({ cards: [] })
  expect(await statusOf(change('POST', 'cards', body))).toBe(400)
  expect(sandbox.state.cards.size).toBe(0)
})

describe('import', () => {
  test.each([
    ['CSV', 'user_id,no_agree,pay_type\nu-2,22,M\r\n"u,3", 33 ,\n'],
    ['CSV with a byte order mark', '\uFEFFuser_id,no_agree,pay_type\nu-2,22,M\n"u,3",33,'],
    [
      'one object a line',
      '{"user_id":"u-2","no_agree":"22","pay_type":"M"}\n\n{"user_id":"u,3","no_agree":"33"}',
    ],
  ])('binds the cards of %s', async (_, csv) => {
    const { change, sandbox } = open({ cards: [] })
    expect(await json(change('POST', 'cards/import', { csv }))).toEqual({ imported: 2, cards: 2 })
    expect(sandbox.state.cards.list()).toEqual([
      { user_id: 'u-2', no_agree: '22', pay_type: 'M', oid_partner },
      { user_id: 'u,3', no_agree: '33', oid_partner },
    ])
  })

  test('binds thousands', async () => {
    const { change } = open({ cards: [] })
    const lines = Array.from({ length: 2000 }, (_, index) => `u-${index},${100_000 + index},D`)
    const csv = ['user_id,no_agree,pay_type', ...lines].join('\n')
    expect(await json(change('POST', 'cards/import', { csv }))).toEqual({
      imported: 2000,
      cards: 2000,
    })
  })

  test.each([
    ['a line that is not a card', 'user_id,no_agree\nu-1,1\nu-2,\n', 'Line 3'],
    ['a file without a line of columns', 'u-1,1,D\nu-2,2,D\n', 'Line 1'],
    ['a single line that names no columns', 'u-1,1,D\n', 'Line 1'],
    ['a file of something else', 'hello\n', 'Line 1'],
    ['a line of columns without user_id', 'no_agree,pay_type\n1,D\n', 'Line 1'],
    ['a number that lost its digits', 'user_id,no_agree\nu-1,2.01E+15\n', 'spreadsheet'],
    [
      'an agreement that is missing as text',
      'user_id,no_agree\nu-1,null\n',
      'no_agree is a placeholder',
    ],
    ['an unknown column', 'user_id,no_agree,nope\nu-1,1,2\n', 'Line 2'],
    ['another number of cells', 'user_id,no_agree\nu-1,1,2\n', 'number of cells'],
    ['an open quote', 'user_id,no_agree\n"u-1,1\n', 'quote'],
    ['a broken object', '{"user_id":"u-1"', 'Line 1'],
  ])('%s: nothing is bound, and the place is named', async (_, csv, message) => {
    const { change, sandbox } = open({ cards: [] })
    expect(await json(change('POST', 'cards/import', { csv }))).toMatchObject({
      error: { code: 'ERR_SANDBOX_INVALID', message: expect.stringContaining(message) },
    })
    expect(sandbox.state.cards.size).toBe(0)
  })
})

test('scenarios are armed, listed, played and disarmed', async () => {
  const { send, change, unbind, sandbox } = open()
  const armed = { scenario: 'code:9999', api: 'card.unbind', next: 1 }
  expect(await json(change('POST', 'scenarios', armed))).toEqual({ scenario: { id: 1, ...armed } })
  expect(await json(change('POST', 'scenarios', { scenario: 'usual' }))).toMatchObject({
    scenario: { scenario: 'normal' },
  })
  expect(await json(send('GET', 'scenarios'))).toMatchObject({
    scenarios: [armed, { scenario: 'normal' }],
    available: expect.arrayContaining([{ name: 'close-after', summary: expect.any(String) }]),
  })
  expect(await json(unbind())).toMatchObject({ ret_code: '9999' })
  expect(await json(unbind())).toMatchObject({ ret_code: '0000' })
  expect(await statusOf(change('DELETE', 'scenarios', { id: 1 }))).toBe(404)
  expect(await statusOf(send('DELETE', 'scenarios?id=2'))).toBe(204)
  expect(await statusOf(change('DELETE', 'scenarios', { id: 'x' }))).toBe(400)
  await change('POST', 'scenarios', { scenario: 'slow' })
  expect(await statusOf(send('DELETE', 'scenarios'))).toBe(204)
  expect(sandbox.state.scenarios.list()).toEqual([])
})

test.each([
  { scenario: 'close-aftr' },
  { scenario: 'slow:-1' },
  { scenario: 'slow', api: 'card.nope' },
  { scenario: 'slow', next: 0 },
  { scenario: 'slow', next: '1' },
  { scenario: 'slow', percent: 101 },
  { scenario: 'slow', user: 'u' },
  { scenario: 1 },
  {},
])('%j cannot be armed', async (body) => {
  const { change, sandbox } = open()
  expect(await statusOf(change('POST', 'scenarios', body))).toBe(400)
  expect(sandbox.state.scenarios.list()).toEqual([])
})

describe('replay', () => {
  test('sends a request again, signed afresh where its members change', async () => {
    const { change, unbind, sandbox } = open()
    await unbind({ ...card, user_id: 'u-1', pay_type: 'M' })
    const replayed = await json(change('POST', 'replay', { id: 1, members: { pay_type: 'D' } }))
    expect(replayed).toMatchObject({
      request: { id: 2, api: 'card.unbind', ret_code: '0000', members: { pay_type: 'D' } },
    })
    expect(sandbox.state.cards.size).toBe(0)
    expect(
      await json(change('POST', 'replay', { id: 1, members: { pay_type: null } })),
    ).toMatchObject({
      request: { ret_code: '3003', members: { user_id: 'u-1' } },
    })
  })

  test('plays what is armed, also a lost reply', async () => {
    const { change, unbind, sandbox } = open()
    await unbind()
    sandbox.state.play('close-after', { next: 1 })
    expect(await json(change('POST', 'replay', { id: 1 }))).toMatchObject({
      request: { status: null, reply: null, ret_code: '3003', scenario: 'close-after' },
    })
  })

  test.each([
    ['an unknown id', { id: 9 }, 404],
    ['no id', {}, 400],
    ['an id as text', { id: '1' }, 400],
    ['a number among the members', { id: 1, members: { pay_type: 2 } }, 400],
    ['a list of members', { id: 1, members: [] }, 400],
    ['another merchant', { id: 1, members: { oid_partner: '201304121000001005' } }, 400],
    ['a request that was not a message', { id: 2 }, 400],
    ['a request that was cut', { id: 3 }, 400],
  ])('%s is refused', async (_, body, status) => {
    const { change, unbind, post } = open()
    await unbind()
    await post('{')
    await unbind({ user_id: 'u-1', no_agree: '1', extra: 'x'.repeat(20_000) })
    expect(await statusOf(change('POST', 'replay', body))).toBe(status)
  })
})

test('sms shows the applications that wait for their code', async () => {
  const { send, sandbox } = open({ clock: () => 1000 })
  const { token } = sandbox.state.bindings.apply({ oid_partner, user_id: 'u-9', card_no: '0018' })
  expect(await json(send('GET', 'sms'))).toEqual({
    sms: [
      { token, code: '123456', expiresAt: 1_801_000, oid_partner, user_id: 'u-9', card_no: '0018' },
    ],
  })
})

test('env returns the variables that point a client here', async () => {
  const { send } = open({ env: () => ({ LLPAY_BASE_URL: ORIGIN }) })
  expect(await json(send('GET', 'env'))).toEqual({ env: { LLPAY_BASE_URL: ORIGIN }, keys: {} })
})

test('reset brings back the cards of the start, and forgets the rest', async () => {
  const { send, change, unbind, sandbox } = open()
  await unbind()
  await change('POST', 'cards', { user_id: 'u-2', no_agree: '2' })
  sandbox.state.play('slow')
  sandbox.state.bindings.apply({ oid_partner, user_id: 'u-9' })
  expect(await statusOf(send('POST', 'reset'))).toBe(204)
  expect(sandbox.state.cards.list()).toEqual([{ ...card, oid_partner }])
  expect(sandbox.state.scenarios.list()).toEqual([])
  expect(sandbox.state.bindings.list()).toEqual([])
  expect(sandbox.requests).toEqual([])
})

test('changes of the cards are kept before the response', async () => {
  const steps: string[] = []
  const { change, unbind, send } = open({ saveCards: async () => void steps.push('saved') })
  await unbind()
  await change('POST', 'cards', { user_id: 'u-2', no_agree: '2' })
  await change('DELETE', 'cards', { user_id: 'u-2', no_agree: '2' })
  await change('POST', 'cards/import', { csv: 'user_id,no_agree\nu-2,2' })
  await send('POST', 'reset')
  expect(steps).toHaveLength(5)
  await unbind({ user_id: 'u-1', no_agree: '1' })
  expect(steps).toHaveLength(5)
})

describe('events', () => {
  const decoder = new TextDecoder()

  /** Reads events until a text has come. */
  async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, text: string) {
    let read = ''
    while (!read.includes(text)) read += decoder.decode((await reader.read()).value)
    return read
  }

  test('streams requests as they arrive, and resumes without gaps', async () => {
    const { send, unbind } = open()
    await unbind()
    const first = await send('GET', 'events?after=0')
    expect(first.headers.get('content-type')).toBe('text/event-stream')
    const reader = first.body?.getReader()
    if (reader === undefined) throw new Error('no body')
    expect(await readUntil(reader, '\nid: 1\n')).toContain('event: request\nid: 1\ndata: {"id":1,')
    await unbind()
    expect(await readUntil(reader, '\nid: 2\n')).not.toContain('\nid: 1\n')
    await reader.cancel()
    await unbind()
    await unbind()
    const resumed = await send('GET', 'events', { headers: { 'last-event-id': '2' } })
    const again = resumed.body?.getReader()
    if (again === undefined) throw new Error('no body')
    const text = await readUntil(again, '\nid: 4\n')
    expect(text.match(/^id: \d+$/gm)).toEqual(['id: 3', 'id: 4'])
    expect(await json(send('GET', 'requests'))).toMatchObject({ requests: [{}, {}, {}, {}] })
  })

  test('without an id it begins with the next request', async () => {
    const { send, unbind } = open()
    await unbind()
    const { body } = await send('GET', 'events')
    const reader = body?.getReader()
    if (reader === undefined) throw new Error('no body')
    await unbind()
    expect(await readUntil(reader, '\nid: 2\n')).not.toContain('\nid: 1\n')
  })

  test('an id of an earlier run begins at the start of this one', async () => {
    const { send, unbind, sandbox } = open()
    await unbind()
    const { body } = await send('GET', 'events?after=500')
    const reader = body?.getReader()
    if (reader === undefined) throw new Error('no body')
    expect(await readUntil(reader, '\nid: 1\n')).toContain(`"run":"${sandbox.requests[0]?.run}"`)
  })

  test('a reader that does not read holds nothing back', async () => {
    const { send, unbind, sandbox } = open({ journal: 5 })
    const { body } = await send('GET', 'events')
    for (let count = 0; count < 10; count += 1) {
      await unbind({ user_id: 'u-1', no_agree: '1', extra: 'x'.repeat(16_000) })
    }
    await body?.cancel()
    await unbind()
    expect(sandbox.requests).toHaveLength(5)
  })

  test('an id that is not a number is refused', async () => {
    expect(await statusOf(open().send('GET', 'events?after=x'))).toBe(400)
  })
})

const bodyFor = (method: string) => (method === 'GET' ? {} : { body: '{}' })

describe('what a web page can send', () => {
  const type = { 'content-type': 'application/json' }

  test.each(ROUTES)('%s %s refuses every other page', async (method, path) => {
    const { send } = open()
    const foreign = [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: 'http://127.0.0.1:8091', host: '127.0.0.1:8090' },
      { origin: 'https://127.0.0.1:8090', host: '127.0.0.1:8090' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]
    for (const headers of foreign) {
      const response = await send(method, path, {
        headers: { ...type, ...headers },
        ...bodyFor(method),
      })
      expect([response.status, headers]).toEqual([403, headers])
      expect(response.headers.has('access-control-allow-origin')).toBe(false)
    }
  })

  test.each(ROUTES.filter(([method]) => method !== 'GET'))(
    '%s %s takes no form and no large body',
    async (method, path) => {
      const { send, sandbox } = open()
      for (const media of [
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'text/plain',
        'text/plain;application/json',
        '',
      ]) {
        const headers = { 'content-type': media }
        expect(await statusOf(send(method, path, { body: '{"id":1}', headers }))).toBe(415)
      }
      const untyped = new Blob(['{}'])
      expect(await statusOf(send(method, path, { body: untyped }))).toBe(415)
      const large = `{"csv":"${'x'.repeat(1024 * 1024)}"}`
      expect(await statusOf(send(method, path, { body: large, headers: type }))).toBe(413)
      expect(await statusOf(send(method, path, { body: '[1]', headers: type }))).toBe(400)
      expect(sandbox.state.cards.size).toBe(1)
    },
  )

  test('its own page is served', async () => {
    const { send } = open()
    const headers = { origin: ORIGIN, host: '127.0.0.1:8090', 'sec-fetch-site': 'same-origin' }
    expect(await statusOf(send('POST', 'reset', { headers }))).toBe(204)
  })
})

test('other paths and methods are 404 and 405 with Allow', async () => {
  const { sandbox } = open()
  const call = (method: string, path: string) =>
    sandbox.fetch(new Request(`${ORIGIN}/_sandbox/${path}`, { method }))
  for (const path of ['', 'nope', 'health/', 'toString', '__proto__', 'cards/nope']) {
    expect([path, (await call('GET', path)).status]).toEqual([path, 404])
  }
  for (const [method, path] of ROUTES) {
    const allowed = Object.keys(CONTROL_ROUTES[path] ?? {})
    for (const other of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      if (allowed.includes(other)) continue
      const response = await call(other, path)
      expect([response.status, response.headers.get('allow')]).toEqual([405, allowed.join(', ')])
    }
    expect(allowed).toContain(method)
  }
  expect(sandbox.requests).toEqual([])
})
