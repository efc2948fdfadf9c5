import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http'
import { createServer, Server as TlsServer } from 'node:https'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'

import { manualClock } from '@internal/testkit/clocks'
import {
  bodyOf,
  closedUrl,
  listenLocally,
  type Handler,
  type LocalServer,
} from '@internal/testkit/local-server'
import { loadTlsSetup } from '@internal/testkit/tls-gateway'
import { loadPem, loadTlsCertificate } from '@internal/vectors'
import { afterEach, expect, test, vi } from 'vitest'

import type { ClientConfig } from '../config.ts'
import { createClient } from '../create-client.ts'

const { ca, client: own, config, done, good, params, unconnected } = loadTlsSetup()

afterEach(() => {
  vi.unstubAllEnvs()
})

const unbind = (changed: Partial<ClientConfig>) =>
  createClient({
    ...config,
    baseUrl: 'https://gateway.test',
    tls: { ca },
    ...changed,
  }).card.unbind(params)

type OnConnect = (request: IncomingMessage, socket: Duplex) => void

/** A proxy that handles a CONNECT as the test says. */
async function proxyOf(
  onConnect: OnConnect,
  server: Server | TlsServer = createHttpServer(),
): Promise<LocalServer> {
  const sockets: Duplex[] = []
  server.on('connect', (request: IncomingMessage, socket: Duplex) => {
    sockets.push(socket)
    onConnect(
      request,
      socket.on('error', () => undefined),
    )
  })
  const local = await listenLocally(server, server instanceof TlsServer ? 'https' : 'http')
  return {
    ...local,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await local[Symbol.asyncDispose]()
    },
  }
}

/** What a proxy saw: who was asked for, and the bytes that passed. */
interface Log {
  readonly asked: (string | undefined)[]
  readonly passed: Buffer[]
}

/** Opens a tunnel to a server of this machine, whatever name was asked for. */
const tunnelTo =
  (url: string, log: Log): OnConnect =>
  (request, socket) => {
    log.asked.push(request.url, request.headers['proxy-authorization'])
    const onward = connect(Number(new URL(url).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.on('data', (bytes: Buffer) => log.passed.push(bytes)).pipe(onward)
      onward.pipe(socket)
    })
    onward.on('error', () => socket.destroy())
    socket.on('close', () => onward.destroy())
  }

const emptyLog = (): Log => ({ asked: [], passed: [] })

/** A gateway behind TLS, and what it was sent. */
async function serveGateway(options: object = good): Promise<LocalServer & { seen: string[] }> {
  const seen: string[] = []
  const respond: Handler = async (request, response) => {
    seen.push(`${request.method} ${request.headers.host} ${request.url}`)
    seen.push(JSON.stringify(request.headers) + (await bodyOf(request)))
    response.end(done)
  }
  const server = createServer(options, (request, response) => void respond(request, response))
  return { ...(await listenLocally(server, 'https')), seen }
}

test('a request goes through a tunnel, in which the proxy sees nothing', async () => {
  const log = emptyLog()
  await using server = await serveGateway()
  await using proxy = await proxyOf(tunnelTo(server.url, log))
  await expect(unbind({ proxy: proxy.url })).resolves.toMatchObject({ outcome: 'unbound' })
  expect(log.asked).toEqual(['gateway.test:443', undefined])
  expect(server.seen).toHaveLength(2)
  expect(server.seen[0]).toBe('POST gateway.test /bankcardunbind.htm')
  expect(server.seen[1]).toContain('2014031710002121')
  expect(Buffer.concat(log.passed).length).toBeGreaterThan(500)
  expect(Buffer.concat(log.passed).toString('latin1')).not.toContain('2014031710002121')
  expect(proxy.requests()).toBe(0)
})

test('the proxy gets its credentials, and the gateway does not', async () => {
  const log = emptyLog()
  await using server = await serveGateway()
  await using proxy = await proxyOf(tunnelTo(server.url, log))
  await unbind({ proxy: proxy.url.replace('//', '//us%40er:p%3Aw@') })
  expect(log.asked[1]).toBe(`Basic ${Buffer.from('us@er:p:w').toString('base64')}`)
  expect(server.seen.join()).not.toMatch(/proxy|Basic/i)
})

test('a proxy may itself be behind TLS, and its certificate is checked', async () => {
  const log = emptyLog()
  await using server = await serveGateway()
  await using proxy = await proxyOf(tunnelTo(server.url, log), createServer(good))
  expect(proxy.url).toMatch(/^https:/)
  await expect(unbind({ proxy: proxy.url })).resolves.toMatchObject({ outcome: 'unbound' })
  for (const options of [loadTlsCertificate(), { ...good, cert: loadPem('wrong-host') }]) {
    await using forged = await proxyOf(tunnelTo(server.url, log), createServer(options))
    await expect(unbind({ proxy: forged.url })).rejects.toMatchObject(unconnected)
    expect(forged.connections()).toBe(1)
  }
  expect(log.asked).toEqual(['gateway.test:443', undefined])
})

test("the gateway's certificate must be for the requested host", async () => {
  for (const options of [
    { ...good, cert: loadPem('wrong-host') },
    { ...good, cert: loadPem('expired') },
    loadTlsCertificate(),
  ]) {
    const log = emptyLog()
    await using server = await serveGateway(options)
    await using proxy = await proxyOf(tunnelTo(server.url, log))
    await expect(unbind({ proxy: proxy.url })).rejects.toMatchObject(unconnected)
    expect(log.asked).toHaveLength(2)
    expect(server.seen).toEqual([])
  }
})

test('a gateway that asks for a certificate gets it through the tunnel', async () => {
  await using server = await serveGateway({ ...good, ca, requestCert: true })
  await using proxy = await proxyOf(tunnelTo(server.url, emptyLog()))
  await expect(unbind({ proxy: proxy.url, tls: { ca, ...own } })).resolves.toMatchObject({
    outcome: 'unbound',
  })
})

test.each([
  ['asks for credentials', 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'],
  ['cannot reach the gateway', 'HTTP/1.1 502 Bad Gateway\r\n\r\n'],
  ['redirects', 'HTTP/1.1 302 Found\r\nlocation: https://other.test/\r\n\r\n'],
  ['speaks no HTTP', 'hello\r\n\r\n'],
])('a proxy that %s: nothing was sent', async (_, bytes) => {
  const passed: Buffer[] = []
  await using proxy = await proxyOf((_request, socket) => {
    socket.on('data', (more: Buffer) => passed.push(more)).write(bytes)
  })
  await expect(unbind({ proxy: proxy.url })).rejects.toMatchObject(unconnected)
  expect([proxy.connections(), passed.length]).toEqual([1, 0])
})

test('a proxy that hangs up, does not exist or does not speak TLS: nothing was sent', async () => {
  await using proxy = await proxyOf((_, socket) => socket.destroy())
  // One connection for a call with retry: 0, also at the proxy.
  const https = proxy.url.replace('http:', 'https:')
  for (const url of [proxy.url, https, await closedUrl()]) {
    await expect(unbind({ proxy: url })).rejects.toMatchObject(unconnected)
  }
  expect(proxy.connections()).toBe(2)
})

test('a proxy that never responds runs into the deadline: nothing was sent', async () => {
  const clock = manualClock()
  await using proxy = await proxyOf(() => clock.elapse(300))
  await expect(unbind({ proxy: proxy.url, timeoutMs: 300, clock })).rejects.toMatchObject({
    code: 'ERR_TRANSPORT_TIMEOUT',
    delivered: 'no',
  })
})

test('a tunnel that breaks after the request was written leaves it unknown', async () => {
  const server = createServer(good, ({ socket }) => socket.destroy())
  await using local = await listenLocally(server, 'https')
  await using proxy = await proxyOf(tunnelTo(local.url, emptyLog()))
  await expect(unbind({ proxy: proxy.url })).rejects.toMatchObject({
    name: 'UnknownOutcomeError',
    cause: { code: 'ERR_TRANSPORT_CLOSED' },
  })
  expect(local.requests()).toBe(1)
})

test('what goes to this machine takes no proxy', async () => {
  await using server = await serveGateway()
  await using proxy = await proxyOf(tunnelTo(server.url, emptyLog()))
  vi.stubEnv('HTTPS_PROXY', proxy.url)
  for (const host of ['127.0.0.1', 'localhost']) {
    const baseUrl = server.url.replace('127.0.0.1', host)
    await unbind({ proxy: proxy.url, baseUrl })
    await unbind({ proxy: 'environment', baseUrl })
  }
  expect([server.requests(), proxy.connections()]).toEqual([4, 0])
})

test('the environment names the proxy, where it is asked', async () => {
  const log = emptyLog()
  await using server = await serveGateway()
  await using proxy = await proxyOf(tunnelTo(server.url, log))
  vi.stubEnv('https_proxy', undefined)
  vi.stubEnv('no_proxy', undefined)
  vi.stubEnv('HTTPS_PROXY', proxy.url)
  vi.stubEnv('NO_PROXY', 'other.test')
  await expect(unbind({ proxy: 'environment' })).resolves.toMatchObject({ outcome: 'unbound' })
  expect(log.asked[0]).toBe('gateway.test:443')
  expect(proxy.connections()).toBe(1)
})
