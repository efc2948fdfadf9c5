import { once } from 'node:events'
import { createServer, type ServerOptions } from 'node:https'
import { connect, createServer as createTcpServer, type Socket } from 'node:net'
import tls from 'node:tls'

import { listenLocally, serve, type LocalServer } from '@internal/testkit/local-server'
import { loadTlsCertificate } from '@internal/vectors'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'

import { undiciTransport } from './undici-transport.ts'

const defaultMinimum = tls.DEFAULT_MIN_VERSION
const defaultCiphers = tls.DEFAULT_CIPHERS
const defaultAuthorities = tls.getCACertificates('default')

afterEach(() => {
  vi.unstubAllEnvs()
  tls.DEFAULT_MIN_VERSION = defaultMinimum
  tls.DEFAULT_CIPHERS = defaultCiphers
  tls.setDefaultCACertificates(defaultAuthorities)
})

const serveTls = (options: ServerOptions = {}): Promise<LocalServer> =>
  listenLocally(
    createServer({ ...loadTlsCertificate(), ...options }, (_, response) => response.end('{}')),
    'https',
  )

const send = (url: string, signal = new AbortController().signal) =>
  undiciTransport()(
    { url: `${url}/x`, method: 'POST', headers: {}, body: Buffer.from('{}') },
    signal,
  )

/** Makes the process trust the certificate of the tests. */
const trust = () => tls.setDefaultCACertificates([loadTlsCertificate().cert])

/** Passes bytes on to a server, but only after `pass` was called. */
async function listenBefore(url: string, onConnection: () => void) {
  const sockets: Socket[] = []
  const proxy = createTcpServer((socket) => {
    sockets.push(socket)
    onConnection()
  })
  const pass = async () => {
    await Promise.all(
      sockets.map(async (socket) => {
        const onward = connect(Number(new URL(url).port), '127.0.0.1')
        socket.on('error', () => onward.destroy()).pipe(onward)
        onward.on('error', () => socket.destroy()).pipe(socket)
        await once(onward, 'close')
      }),
    )
  }
  await new Promise<void>((ready) => {
    proxy.listen(0, '127.0.0.1', ready)
  })
  onTestFinished(() => void proxy.close())
  const address = proxy.address()
  return { url: `https://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, pass }
}

test('refuses an untrusted certificate, and sends nothing', async () => {
  await using server = await serveTls()
  await expect(send(server.url)).rejects.toMatchObject({
    name: 'TransportError',
    code: 'ERR_TRANSPORT_CONNECT',
    delivered: 'no',
    cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
  })
  expect(server.requests()).toBe(0)
})

test('accepts a trusted certificate', async () => {
  trust()
  await using server = await serveTls()
  await expect(send(server.url)).resolves.toMatchObject({ status: 200 })
})

test('a request that was given up during the handshake is not sent after it', async () => {
  trust()
  await using server = await serveTls()
  const controller = new AbortController()
  const slow = await listenBefore(server.url, () => controller.abort())
  await expect(send(slow.url, controller.signal)).rejects.toMatchObject({ delivered: 'no' })
  // Whatever the connection still carries has arrived when it is closed.
  await slow.pass()
  expect([server.connections(), server.requests()]).toEqual([1, 0])
})

test('also where the environment says not to look', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  await using server = await serveTls()
  await expect(send(server.url)).rejects.toMatchObject({ delivered: 'no' })
  expect(server.requests()).toBe(0)
})

test('TLS 1.1 is refused, also where the process allows it', async () => {
  trust()
  tls.DEFAULT_MIN_VERSION = 'TLSv1'
  tls.DEFAULT_CIPHERS = 'DEFAULT@SECLEVEL=0'
  await using server = await serveTls({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1' })
  await expect(send(server.url)).rejects.toMatchObject({
    code: 'ERR_TRANSPORT_CONNECT',
    delivered: 'no',
  })
  expect(server.requests()).toBe(0)
})

test('plain http behind an https address is refused, and nothing is sent', async () => {
  await using server = await serve((_, response) => response.end('{}'))
  await expect(send(server.url.replace('http:', 'https:'))).rejects.toMatchObject({
    code: 'ERR_TRANSPORT_CONNECT',
    delivered: 'no',
  })
  expect(server.requests()).toBe(0)
})
