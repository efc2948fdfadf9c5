import { createServer, type ServerOptions } from 'node:https'
import tls from 'node:tls'

import { listenLocally, serve } from '@internal/testkit/local-server'
import { loadTlsSetup, serveTls } from '@internal/testkit/tls-gateway'
import { loadPem, loadTlsCertificate } from '@internal/vectors'
import { afterEach, expect, test, vi } from 'vitest'

import type { TlsConfig } from '../config.ts'
import { createClient } from '../create-client.ts'

const { ca, client: own, config, done, good, key, params, unconnected } = loadTlsSetup()
const defaults = { version: tls.DEFAULT_MIN_VERSION, ciphers: tls.DEFAULT_CIPHERS }

afterEach(() => {
  vi.unstubAllEnvs()
  tls.DEFAULT_MIN_VERSION = defaults.version
  tls.DEFAULT_CIPHERS = defaults.ciphers
})

const clientOf = (baseUrl: string, trusted: TlsConfig = { ca }) =>
  createClient({ ...config, baseUrl, tls: trusted })

const unbind = (baseUrl: string, trusted?: TlsConfig) =>
  clientOf(baseUrl, trusted).card.unbind(params)

test.each([
  ['127.0.0.1', (url: string) => url],
  ['localhost', (url: string) => url.replace('127.0.0.1', 'localhost')],
])('trusts a gateway whose certificate our own authority issued: %s', async (_, at) => {
  await using server = await serveTls(good)
  await expect(unbind(at(server.url))).resolves.toMatchObject({ outcome: 'unbound' })
  expect(server.requests()).toBe(1)
})

test.each([
  ['bytes', { ca: Buffer.from(ca) }],
  ['one of several', { ca: [loadTlsCertificate().cert, ca] }],
  ['the last of a bundle', { ca: `${loadTlsCertificate().cert}${ca}` }],
])('an authority is read as %s', async (_, trusted) => {
  await using server = await serveTls(good)
  await expect(unbind(server.url, trusted)).resolves.toMatchObject({ outcome: 'unbound' })
})

const REFUSED: readonly (readonly [string, ServerOptions, string])[] = [
  ['self-signed', loadTlsCertificate(), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['expired', { cert: loadPem('expired'), key }, 'CERT_HAS_EXPIRED'],
  ['not valid yet', { cert: loadPem('not-yet-valid'), key }, 'CERT_NOT_YET_VALID'],
  ["another host's", { cert: loadPem('wrong-host'), key }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
]

test.each(REFUSED)('a certificate that is %s is refused', async (_, options, code) => {
  await using server = await serveTls(options)
  await expect(unbind(server.url)).rejects.toMatchObject({ ...unconnected, cause: { code } })
  expect(server.connections()).toBe(1)
  expect(server.requests()).toBe(0)
})

test.each(REFUSED)('also with checks off in the environment: %s', async (_, options, code) => {
  await using server = await serveTls(options)
  const client = clientOf(server.url)
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  await expect(client.card.unbind(params)).rejects.toMatchObject({
    ...unconnected,
    cause: { code },
  })
  expect(server.requests()).toBe(0)
  expect(() => clientOf(server.url)).toThrow(
    expect.objectContaining({ code: 'ERR_CONFIG_INSECURE', delivered: 'no' }),
  )
})

test('an authority of ours takes the place of all others', async () => {
  await using server = await serveTls(good)
  await expect(unbind(server.url, { ca: loadTlsCertificate().cert })).rejects.toMatchObject(
    unconnected,
  )
  await expect(unbind(server.url, {})).rejects.toMatchObject(unconnected)
  expect(server.requests()).toBe(0)
})

test.each(['TLSv1', 'TLSv1.1'] as const)('%s is refused', async (version) => {
  tls.DEFAULT_MIN_VERSION = 'TLSv1'
  tls.DEFAULT_CIPHERS = 'DEFAULT@SECLEVEL=0'
  await using server = await serveTls({ ...good, minVersion: 'TLSv1', maxVersion: version })
  await expect(unbind(server.url)).rejects.toMatchObject(unconnected)
  expect(server.requests()).toBe(0)
})

test('TLS 1.2 is accepted', async () => {
  await using server = await serveTls({ ...good, maxVersion: 'TLSv1.2' })
  await expect(unbind(server.url)).resolves.toMatchObject({ outcome: 'unbound' })
})

test('plain http is refused for another machine, and behind an https address', async () => {
  expect(() => clientOf('http://gateway.test')).toThrow(
    expect.objectContaining({ code: 'ERR_CONFIG_INSECURE' }),
  )
  await using server = await serve((_, response) => response.end(done))
  await expect(unbind(server.url.replace('http:', 'https:'))).rejects.toMatchObject(unconnected)
  expect(server.requests()).toBe(0)
})

test.each([301, 302, 303, 307, 308])('a %i to another host is not followed', async (status) => {
  await using other = await serveTls(good)
  const location = other.url.replace('127.0.0.1', 'localhost')
  await using server = await listenLocally(
    createServer(good, (_, response) => response.writeHead(status, { location }).end(done)),
    'https',
  )
  await expect(unbind(server.url)).rejects.toMatchObject({
    name: 'UnknownOutcomeError',
    cause: { code: 'ERR_TRANSPORT_STATUS', status },
  })
  expect([server.requests(), other.connections()]).toEqual([1, 0])
})

const mutual = { ...good, ca, requestCert: true, rejectUnauthorized: true }

test.each([
  ['TLSv1.2', { ca, ...own }],
  ['TLSv1.3', { ca, ...own }],
  ['TLSv1.3', { ca, ...own, key: loadPem('client-key-encrypted'), passphrase: 'test-only' }],
] as const)('%s: a gateway that asks for a certificate gets ours', async (version, trusted) => {
  const subjects: unknown[] = []
  const server = createServer(
    { ...mutual, minVersion: version, maxVersion: version },
    ({ socket }, response) => {
      subjects.push(socket instanceof tls.TLSSocket && socket.getPeerCertificate().subject.CN)
      response.end(done)
    },
  )
  await using local = await listenLocally(server, 'https')
  await expect(unbind(local.url, trusted)).resolves.toMatchObject({ outcome: 'unbound' })
  expect(subjects).toEqual(['merchant'])
})

const stranger = { cert: loadTlsCertificate().cert, key: loadTlsCertificate().key }

test.each([
  ['none', { ca }],
  ["a stranger's", { ca, ...stranger }],
])('a gateway that asks for a certificate, and gets %s, gets no request', async (_, trusted) => {
  await using server = await serveTls({ ...mutual, maxVersion: 'TLSv1.2' })
  await expect(unbind(server.url, trusted)).rejects.toMatchObject(unconnected)
  // With TLS 1.3 the request is on its way before the gateway has looked at the certificate.
  await using newer = await serveTls({ ...mutual, minVersion: 'TLSv1.3' })
  await expect(unbind(newer.url, trusted)).rejects.toMatchObject({
    name: 'UnknownOutcomeError',
    delivered: 'unknown',
    cause: { code: 'ERR_TRANSPORT_CLOSED' },
  })
  expect([server.requests(), newer.requests()]).toEqual([0, 0])
})
