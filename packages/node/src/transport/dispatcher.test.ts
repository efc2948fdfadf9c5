import { once } from 'node:events'
import { createServer, type ServerOptions } from 'node:https'
import { setImmediate as nextTurn } from 'node:timers/promises'

import { closedUrl, listenLocally, serve } from '@internal/testkit/local-server'
import { loadTlsSetup, serveTls } from '@internal/testkit/tls-gateway'
import { loadPem, loadTlsCertificate } from '@internal/vectors'
import {
  Agent,
  buildConnector,
  Client,
  interceptors,
  MockAgent,
  Pool,
  RetryAgent,
  type Dispatcher,
} from 'undici'
import { expect, test, vi } from 'vitest'

import type { DispatcherLike } from '../config.ts'
import { createClient } from '../create-client.ts'

const { ca, config, done, good, key, params } = loadTlsSetup()
const weak = { rejectUnauthorized: false }

const clientOf = (baseUrl: string, dispatcher: DispatcherLike) =>
  createClient({ ...config, baseUrl, dispatcher })

const unbind = (baseUrl: string, dispatcher: DispatcherLike) =>
  clientOf(baseUrl, dispatcher).card.unbind(params)

test('sends through a dispatcher again and again', async () => {
  await using server = await serveTls()
  await using agent = closing(new Agent({ connect: { ca } }))
  const client = clientOf(server.url, agent.dispatcher)
  for (let call = 0; call < 3; call += 1) {
    await expect(client.card.unbind(params)).resolves.toMatchObject({ outcome: 'unbound' })
    await nextTurn()
    await nextTurn()
  }
  expect([server.requests(), server.connections()]).toEqual([3, 1])
})

const VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const

/** Serves one version of TLS, a connection a request, and notes which sessions were resumed. */
async function serveResuming(version: (typeof VERSIONS)[number], options: ServerOptions) {
  const resumed: boolean[] = []
  const server = createServer(
    { ...options, minVersion: version, maxVersion: version },
    (request, response) => {
      response.setHeader('connection', 'close')
      request.resume().on('end', () => response.end(done))
    },
  )
  server.on('secureConnection', (socket) => resumed.push(socket.isSessionReused()))
  return { ...(await listenLocally(server, 'https')), resumed }
}

/** Sends something else through a dispatcher until a session is resumed, as the next one will be. */
async function warmUp(
  dispatcher: Dispatcher,
  { url, resumed }: { readonly url: string; readonly resumed: readonly boolean[] },
): Promise<void> {
  while (resumed.at(-1) !== true) {
    const ended = once(dispatcher, 'disconnect')
    const { body } = await dispatcher.request({ origin: url, path: '/', method: 'GET' })
    await body.dump()
    await ended
  }
}

test.each(VERSIONS)('a session of %s is resumed', async (version) => {
  await using server = await serveResuming(version, good)
  await using pool = closing(new Pool(server.url, { connect: { ca } }))
  await warmUp(pool.dispatcher, server)
  const before = server.resumed.length
  const client = clientOf(server.url, pool.dispatcher)
  for (let call = 0; call < 2; call += 1) {
    await expect(client.card.unbind(params)).resolves.toMatchObject({ outcome: 'unbound' })
  }
  expect(server.resumed.slice(0, before)).toContain(false)
  expect(server.resumed.slice(before)).toEqual([true, true])
})

const anyName = { ca, checkServerIdentity: () => undefined }

test.each([
  ['of a stranger', loadTlsCertificate(), weak],
  ['of another host', { cert: loadPem('wrong-host'), key }, anyName],
] as const)('a session %s is not resumed', async (_, options, connect) => {
  for (const version of VERSIONS) {
    await using server = await serveResuming(version, options)
    await using pool = closing(new Pool(server.url, { connect }))
    await warmUp(pool.dispatcher, server)
    const before = server.requests()
    await expect(unbind(server.url, pool.dispatcher)).rejects.toMatchObject({
      code: 'ERR_CONFIG_INSECURE',
      delivered: 'no',
    })
    expect(server.requests()).toBe(before)
  }
})

/** A dispatcher that is closed at the end of a test. */
function closing<D extends Dispatcher>(dispatcher: D) {
  return { dispatcher, [Symbol.asyncDispose]: () => dispatcher.destroy() }
}

/** Ways to hide from `createClient` that certificates are not checked. */
const HIDDEN: readonly (readonly [string, (origin: string) => Dispatcher])[] = [
  ['a pool', (origin) => new Pool(origin, { connect: weak })],
  ['a client', (origin) => new Client(origin, { connect: weak })],
  ['a connector', () => new Agent({ connect: buildConnector(weak) })],
  ['a factory', () => new Agent({ factory: (origin) => new Pool(origin, { connect: weak }) })],
  ['a retry agent', () => new RetryAgent(new Agent({ connect: weak }))],
]

test.each(HIDDEN)('%s that accepts any certificate writes nothing', async (_, open) => {
  for (const options of [
    loadTlsCertificate(),
    { cert: loadPem('expired'), key },
    { cert: loadPem('wrong-host'), key },
  ]) {
    await using server = await serveTls(options)
    await using weakly = closing(open(server.url))
    await expect(unbind(server.url, weakly.dispatcher)).rejects.toMatchObject({
      name: 'ConfigError',
      code: 'ERR_CONFIG_INSECURE',
      delivered: 'no',
    })
    expect([server.connections(), server.requests()]).toEqual([1, 0])
  }
})

test('nor does one that takes any name', async () => {
  await using server = await serveTls({ cert: loadPem('wrong-host'), key })
  await using pool = closing(new Pool(server.url, { connect: anyName }))
  await expect(unbind(server.url, pool.dispatcher)).rejects.toMatchObject({
    code: 'ERR_CONFIG_INSECURE',
    delivered: 'no',
    message: expect.stringContaining('another host'),
  })
  expect(server.requests()).toBe(0)
})

test('nor one that follows the environment', async () => {
  await using server = await serveTls(loadTlsCertificate())
  await using agent = closing(new Agent())
  const client = clientOf(server.url, agent.dispatcher)
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  const failure = await client.card.unbind(params).catch((error: unknown) => error)
  vi.unstubAllEnvs()
  expect(failure).toMatchObject({ code: 'ERR_CONFIG_INSECURE', delivered: 'no' })
  expect([server.connections(), server.requests()]).toEqual([1, 0])
})

test('nor one whose connections are not encrypted', async () => {
  await using plain = await serve((_, response) => response.end(done))
  const toPlain: buildConnector.connector = (options, callback) => {
    buildConnector({})({ ...options, protocol: 'http:', port: new URL(plain.url).port }, callback)
  }
  await using agent = closing(new Agent({ connect: toPlain }))
  await expect(
    unbind(plain.url.replace('http:', 'https:'), agent.dispatcher),
  ).rejects.toMatchObject({ code: 'ERR_CONFIG_INSECURE', delivered: 'no' })
  expect([plain.connections(), plain.requests()]).toEqual([1, 0])
})

test('a name that the dispatcher asks for in place of the host is the one that counts', async () => {
  const connect = { ca, servername: 'other.test' }
  await using server = await serveTls({ cert: loadPem('wrong-host'), key })
  await using agent = closing(new Agent({ connect }))
  await expect(unbind(server.url, agent.dispatcher)).resolves.toMatchObject({ outcome: 'unbound' })
})

test('a dispatcher that follows redirects is stopped', async () => {
  await using other = await serve((_, response) => response.end(done))
  await using server = await serve((_, response) => {
    response.writeHead(307, { location: `${other.url}/x` }).end()
  })
  await using agent = closing(new Agent())
  const following = agent.dispatcher.compose(interceptors.redirect({ maxRedirections: 3 }))
  await expect(unbind(server.url, following)).rejects.toMatchObject({
    name: 'UnknownOutcomeError',
    delivered: 'unknown',
  })
  expect([server.requests(), other.requests()]).toEqual([1, 0])
})

test('a dispatcher that repeats requests is stopped', async () => {
  await using server = await serve(({ socket }) => socket.destroy())
  await using agent = closing(new Agent())
  const repeating = new RetryAgent(agent.dispatcher, { methods: ['POST'], minTimeout: 1 })
  await expect(unbind(server.url, repeating)).rejects.toMatchObject({
    name: 'UnknownOutcomeError',
    delivered: 'unknown',
  })
  expect(server.requests()).toBe(1)
})

test('through a dispatcher as well, what was not connected was not sent', async () => {
  await using agent = closing(new Agent())
  await expect(unbind(await closedUrl(), agent.dispatcher)).rejects.toMatchObject({
    code: 'ERR_TRANSPORT_CONNECT',
    delivered: 'no',
  })
})

test('a dispatcher that was closed sends nothing', async () => {
  const agent = new Agent()
  await agent.close()
  await expect(unbind('https://127.0.0.1', agent)).rejects.toMatchObject({ delivered: 'no' })
})

test("undici's mocks can be used in tests", async () => {
  const agent = new MockAgent()
  agent.disableNetConnect()
  agent
    .get('https://gateway.test')
    .intercept({ path: '/bankcardunbind.htm', method: 'POST' })
    .reply(200, done)
  await expect(unbind('https://gateway.test', agent)).resolves.toMatchObject({
    outcome: 'unbound',
  })
  await agent.close()
})
