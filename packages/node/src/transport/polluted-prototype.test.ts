import { createServer as createHttpServer } from 'node:http'
import type { ServerOptions } from 'node:https'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import tls from 'node:tls'

import { listenLocally, serve, type LocalServer } from '@internal/testkit/local-server'
import { loadTlsSetup, serveTls } from '@internal/testkit/tls-gateway'
import { loadPem, loadTlsCertificate } from '@internal/vectors'
import { Agent } from 'undici'
import { beforeAll, expect, test } from 'vitest'

import type { ClientConfig } from '../config.ts'
import { createClient } from '../create-client.ts'
import { unset } from '../network/unset.ts'

const { ca, client: merchant, config, done, good, key, params, unconnected } = loadTlsSetup()
const stranger = loadTlsCertificate()
const HEAD =
  'POST /bankcardunbind.htm host connection content-type accept accept-encoding content-length'

const clientOf = (baseUrl: string, more: Partial<ClientConfig> = {}) =>
  createClient({ ...config, baseUrl, tls: { ca }, ...more })

// What is loaded on demand is loaded before a prototype is in its way.
beforeAll(async () => {
  await using server = await serveNoting()
  await using proxy = await serveProxy(server.url)
  await clientOf(server.url).card.unbind(params)
  await clientOf('https://gateway.test', { proxy: proxy.url }).card.unbind(params)
})

/** Runs something while `Object.prototype` has members that other code put there. */
async function polluted<T>(members: object, run: () => Promise<T>): Promise<T> {
  Object.assign(Object.prototype, members)
  try {
    return await run()
  } finally {
    for (const name of Object.keys(members)) Reflect.deleteProperty(Object.prototype, name)
  }
}

const unbind = (members: object, baseUrl: string, more: Partial<ClientConfig> = {}) =>
  polluted(members, () => clientOf(baseUrl, more).card.unbind(params))

const subjectOf = (socket: Socket): unknown =>
  socket instanceof tls.TLSSocket ? socket.getPeerCertificate().subject?.CN : undefined

/** A gateway behind TLS, the names of the client certificates that it was shown, and the requests. */
async function serveNoting(
  options?: ServerOptions,
): Promise<LocalServer & { shown: unknown[]; heads: string[] }> {
  const shown: unknown[] = []
  const heads: string[] = []
  const server = await serveTls(options, ({ method, url, rawHeaders, socket }) => {
    shown.push(subjectOf(socket))
    // `headers` has a prototype.
    const names = rawHeaders.filter((_, index) => index % 2 === 0)
    heads.push(`${method} ${url} ${names.join(' ').toLowerCase()}`)
  })
  return { ...server, shown, heads }
}

/** A proxy that opens a tunnel to a server of this machine, whatever name it is asked for. */
async function serveProxy(url: string): Promise<LocalServer> {
  const sockets: Duplex[] = []
  const server = createHttpServer()
  server.on('connect', (_, socket: Duplex) => {
    // This connection is not what is tested: it goes where it should.
    const target = { port: Number(new URL(url).port), host: '127.0.0.1', ...unset('path') }
    const onward = connect(target, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.pipe(onward).pipe(socket)
    })
    sockets.push(
      socket.on('error', () => undefined),
      onward.on('error', () => undefined),
    )
  })
  const local = await listenLocally(server, 'http')
  return {
    ...local,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await local[Symbol.asyncDispose]()
    },
  }
}

/** What makes a certificate of another host, or of a stranger, pass where it is looked up. */
const MEMBERS: Readonly<Record<string, () => object>> = {
  servername: () => ({ servername: 'other.test' }),
  ca: () => ({ ca: stranger.cert }),
  rejectUnauthorized: () => ({ rejectUnauthorized: false }),
  checkServerIdentity: () => ({ checkServerIdentity: () => undefined }),
  secureContext: () => ({ secureContext: tls.createSecureContext({ ca: stranger.cert }) }),
  'all of these': () => ({
    servername: 'other.test',
    ca: stranger.cert,
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    requestCert: false,
  }),
  minVersion: () => ({ minVersion: 'TLSv1' }),
  maxVersion: () => ({ maxVersion: 'TLSv1.1' }),
  secureProtocol: () => ({ secureProtocol: 'TLSv1_1_method' }),
  secureOptions: () => ({ secureOptions: 0x4 }),
  ciphers: () => ({ ciphers: 'NULL:eNULL:@SECLEVEL=0' }),
  sigalgs: () => ({ sigalgs: 'nothing' }),
  ecdhCurve: () => ({ ecdhCurve: 'nothing' }),
  host: () => ({ host: '127.0.0.9' }),
  hostname: () => ({ hostname: '127.0.0.9' }),
  port: () => ({ port: 9 }),
  path: () => ({ path: '/nowhere' }),
  socketPath: () => ({ socketPath: '/nowhere' }),
  lookup: () => ({
    lookup: (_name: string, _options: object, answer: (error: Error) => void) =>
      answer(new Error('lookup')),
  }),
  localAddress: () => ({ localAddress: '127.0.0.9' }),
  ALPNProtocols: () => ({ ALPNProtocols: ['h2'] }),
  allowH2: () => ({ allowH2: true }),
  useH2c: () => ({ useH2c: true }),
  session: () => ({ session: Buffer.from('session') }),
  pfx: () => ({ pfx: Buffer.from('pfx') }),
  passphrase: () => ({ passphrase: 'wrong' }),
  crl: () => ({ crl: 'crl' }),
  'cert and key': () => stranger,
  pskCallback: () => ({ pskCallback: () => ({ psk: Buffer.alloc(16), identity: 'x' }) }),
  httpSocket: () => ({ httpSocket: {} }),
  pipelining: () => ({ pipelining: 16 }),
  connections: () => ({ connections: 1 }),
  reset: () => ({ reset: false }),
  upgrade: () => ({ upgrade: 'h2c' }),
  query: () => ({ query: { a: '1' } }),
  maxCachedSessions: () => ({ maxCachedSessions: -1 }),
  tls: () => ({ tls: { rejectUnauthorized: false, ca: stranger.cert } }),
  proxy: () => ({ proxy: 'http://127.0.0.1:9' }),
  dispatcher: () => ({ dispatcher: new Agent({ connect: { ca: stranger.cert } }) }),
  fetch: () => ({ fetch: async () => new Response(done) }),
  transport: () => ({
    transport: async () => ({ status: 200, headers: {}, body: Buffer.from(done) }),
  }),
  baseUrl: () => ({ baseUrl: 'https://127.0.0.9' }),
}

test.each(Object.entries(MEMBERS))('Object.prototype.%s changes nothing', async (_, members) => {
  const bad = [stranger, { cert: loadPem('wrong-host'), key }, { cert: loadPem('expired'), key }]
  for (const options of bad) {
    await using server = await serveNoting(options)
    await expect(unbind(members(), server.url)).rejects.toMatchObject(unconnected)
    await using proxy = await serveProxy(server.url)
    const through = { proxy: proxy.url }
    await expect(unbind(members(), 'https://gateway.test', through)).rejects.toMatchObject(
      unconnected,
    )
    expect([server.requests(), server.connections(), proxy.connections()]).toEqual([0, 2, 1])
  }
  await using server = await serveNoting()
  await expect(unbind(members(), server.url)).resolves.toMatchObject({ outcome: 'unbound' })
  await using proxy = await serveProxy(server.url)
  await expect(
    unbind(members(), 'https://gateway.test', { proxy: proxy.url }),
  ).resolves.toMatchObject({ outcome: 'unbound' })
  expect([server.heads, server.connections(), proxy.connections()]).toEqual([[HEAD, HEAD], 2, 1])
})

test.each(Object.entries(MEMBERS))(
  'Object.prototype.%s changes nothing for a gateway that asks for a certificate',
  async (_, members) => {
    await using server = await serveNoting({ ...good, ca, requestCert: true })
    await using proxy = await serveProxy(server.url)
    const trusted = { tls: { ca, ...merchant } }
    await unbind(members(), server.url, trusted)
    await unbind(members(), 'https://gateway.test', { ...trusted, proxy: proxy.url })
    expect(server.shown).toEqual(['merchant', 'merchant'])
    await using asking = await serveNoting({
      ...good,
      ca,
      requestCert: true,
      rejectUnauthorized: false,
    })
    await unbind(members(), asking.url)
    expect(asking.shown).toEqual([undefined])
  },
)

test('an authority on Object.prototype is not one of the option tls', async () => {
  await using server = await serveNoting(stranger)
  await expect(unbind({ ca: stranger.cert }, server.url, { tls: {} })).rejects.toMatchObject(
    unconnected,
  )
  expect(server.requests()).toBe(0)
})

test.each(['servername', 'ca', 'rejectUnauthorized', 'checkServerIdentity', 'secureContext'])(
  'a dispatcher writes nothing while Object.prototype.%s is set',
  async (name) => {
    const bad =
      name === 'ca' || name === 'secureContext' ? stranger : { cert: loadPem('wrong-host'), key }
    await using server = await serveNoting(bad)
    const dispatcher = new Agent({ connect: { ca } })
    const members = MEMBERS[name]?.() ?? {}
    await expect(unbind(members, server.url, { dispatcher, tls: undefined })).rejects.toMatchObject(
      { code: 'ERR_CONFIG_INSECURE', delivered: 'no' },
    )
    expect(server.requests()).toBe(0)
    await dispatcher.destroy()
  },
)

test('plain http to this machine goes where the base URL says', async () => {
  await using server = await serve((request, response) => {
    request.resume().on('end', () => response.end(done))
  })
  const members = { host: '127.0.0.9', port: 9, path: '/nowhere', socketPath: '/nowhere' }
  await expect(unbind(members, server.url)).resolves.toMatchObject({ outcome: 'unbound' })
})
