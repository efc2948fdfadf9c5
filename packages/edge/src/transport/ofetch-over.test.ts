import { serve } from '@internal/testkit/local-server'
import { withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import type { FetchInit, HttpRequest } from '@llpay/core'
import { afterEach, expect, test, vi } from 'vitest'

import { createClient } from '../create-client.ts'
import { ofetchTransport } from './ofetch-transport.ts'

const merchant = vectorKey('k1024')
const gateway = vectorKey('k2048')
const card = { user_id: '1234567', no_agree: '2014031710002121' }
const done = JSON.stringify(withSign({ ret_code: '0000', sign_type: 'RSA' }, gateway.pkcs8Pem))
const request: HttpRequest = {
  url: 'https://gateway.test/x',
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: new Uint8Array(2),
}
const { signal } = new AbortController()

afterEach(() => {
  vi.unstubAllGlobals()
})

const clientOf = (baseUrl: string) =>
  createClient({
    oidPartner: '201304121000001004',
    privateKey: merchant.pkcs8Pem,
    gatewayPublicKey: gateway.spkiPem,
    baseUrl,
    retry: 0,
    settle: 'never',
  })

/** Puts a `fetch` in the place of the platform's, and notes what it is called with. */
function stubFetch(answer: () => Promise<Response>): FetchInit[] {
  const seen: FetchInit[] = []
  vi.stubGlobal('fetch', (_url: string, init: FetchInit) => {
    seen.push(init)
    return answer()
  })
  return seen
}

/** A Deno, as far as it is asked for, and what became of its clients. */
function stubDeno() {
  const events: string[] = []
  const client = { close: () => events.push('closed') }
  const createHttpClient = (options: object) => {
    events.push(`opened ${JSON.stringify(options)} ${Object.getPrototypeOf(options)}`)
    return client
  }
  vi.stubGlobal('Deno', { createHttpClient })
  return { client, events }
}

const OPENED = 'opened {"poolMaxIdlePerHost":0,"http2":false} null'

test('every request closes its connection, a list too', async () => {
  const seen: (string | undefined)[] = []
  await using server = await serve(({ headers }, response) => {
    seen.push(headers.connection)
    response.end(done)
  })
  const client = clientOf(server.url)
  for (let call = 0; call < 2; call += 1) {
    await client.card.unbind(card)
    await client.card.list({ user_id: card.user_id }).catch(() => undefined)
  }
  expect(seen).toEqual(['close', 'close', 'close', 'close'])
  expect(server.connections()).toBe(4)
})

test('nothing that a prototype holds is an option of the request', async () => {
  const seen = stubFetch(async () => new Response('{}'))
  await ofetchTransport()(request, signal)
  expect(seen.map((init) => Object.getPrototypeOf(init))).toEqual([null])
  expect(seen[0]).toMatchObject({ keepalive: false, redirect: 'manual' })
})

test('Deno sends with a client that keeps no connection, and closes it', async () => {
  const { client, events } = stubDeno()
  const seen = stubFetch(async () => {
    events.push('sent')
    return new Response('{}')
  })
  await ofetchTransport()(request, signal)
  expect(seen[0]).toMatchObject({ client, headers: request.headers })
  expect(Object.getPrototypeOf(seen[0])).toBeNull()
  expect(events).toEqual([OPENED, 'sent', 'closed'])
})

test('Deno closes the client of a request that failed', async () => {
  const { events } = stubDeno()
  stubFetch(() => Promise.reject(new TypeError('broken')))
  await expect(ofetchTransport()(request, signal)).rejects.toMatchObject({
    code: 'ERR_TRANSPORT_CLOSED',
  })
  expect(events).toEqual([OPENED, 'closed'])
})

test('a Deno without such clients closes the connection like other platforms', async () => {
  vi.stubGlobal('Deno', {})
  const seen = stubFetch(async () => new Response('{}'))
  await ofetchTransport()(request, signal)
  expect(seen[0]?.headers).toMatchObject({ connection: 'close' })
})

test('a fetch of the caller gets the request as it is', async () => {
  const seen: FetchInit[] = []
  const transport = ofetchTransport(async (_url, init) => {
    seen.push(init)
    return new Response('{}')
  })
  await transport(request, signal)
  expect(seen[0]?.headers).toEqual(request.headers)
  expect(seen[0]).not.toHaveProperty('keepalive')
})

test.each([
  'servername',
  'ca',
  'rejectUnauthorized',
  'checkServerIdentity',
  'secureContext',
  'session',
  'tls',
  'connect',
])('nothing is sent while Object.prototype.%s could decide about certificates', async (name) => {
  const seen = stubFetch(async () => new Response(done))
  const client = clientOf('https://gateway.test')
  Reflect.set(Object.prototype, name, 'other.test')
  try {
    await expect(client.card.unbind(card)).rejects.toMatchObject({
      name: 'ConfigError',
      code: 'ERR_CONFIG_INSECURE',
      delivered: 'no',
      message: expect.stringContaining(name),
    })
  } finally {
    Reflect.deleteProperty(Object.prototype, name)
  }
  expect(seen).toEqual([])
})

test('what a prototype holds is not configuration', async () => {
  await using server = await serve((_, response) => response.end(done))
  let calls = 0
  const transport = async () => {
    calls += 1
    return { status: 200, headers: {}, body: Buffer.from(done) }
  }
  Object.assign(Object.prototype, { transport })
  const client = clientOf(server.url)
  Reflect.deleteProperty(Object.prototype, 'transport')
  await client.card.unbind(card)
  expect([calls, server.requests()]).toEqual([0, 1])
})
