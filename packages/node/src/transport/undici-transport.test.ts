import { EventEmitter, once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'

import { bodyOf, onResponseHeaders, serve, type Handler } from '@internal/testkit/local-server'
import { withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { expect, onTestFinished, test } from 'vitest'

import { createClient } from '../create-client.ts'
import { undiciTransport } from './undici-transport.ts'

const merchant = vectorKey('k2048')
const gateway = vectorKey('k1024')
const members = { ret_code: '0000', ret_msg: '交易成功', sign_type: 'RSA' }
const done = JSON.stringify(withSign(members, gateway.pkcs8Pem))
const params = { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }

const clientOf = (baseUrl: string) =>
  createClient({
    oidPartner: '201304121000001004',
    privateKey: merchant.pkcs8Pem,
    gatewayPublicKey: gateway.spkiPem,
    baseUrl,
    timeoutMs: 60_000,
    retry: 0,
    settle: 'never' as const,
  })

const respond: Handler = (request, response) => {
  request.resume().on('end', () => response.end(done))
}

test('sends what was signed, and believes what the gateway signed', async () => {
  const seen: string[] = []
  await using server = await serve(async (request, response) => {
    const { method, url, headers } = request
    seen.push(`${method} ${url} ${headers['content-type']} ${headers['content-length']}`)
    seen.push(await bodyOf(request))
    response.end(done)
  })
  const client = clientOf(`${server.url}/lianlian/`)
  await expect(client.card.unbind(params)).resolves.toMatchObject({ outcome: 'unbound' })
  const [head, body = ''] = seen
  expect(head).toBe(
    `POST /lianlian/bankcardunbind.htm application/json;charset=utf-8 ${Buffer.byteLength(body)}`,
  )
  const sent: Record<string, string> = {
    ...params,
    oid_partner: '201304121000001004',
    sign_type: 'RSA',
  }
  expect(JSON.parse(body)).toEqual(withSign(sent, merchant.pkcs8Pem))
})

test('a connection that the gateway closed meanwhile is not used again', async () => {
  const closed = new EventEmitter()
  await using server = await serve((request, response) => {
    respond(request, response)
    request.socket.once('close', () => closed.emit('connection'))
    response.on('finish', () => request.socket.destroySoon())
  })
  const client = clientOf(server.url)
  const closing = once(closed, 'connection')
  await client.card.unbind(params)
  await closing
  await expect(client.card.unbind(params)).resolves.toMatchObject({ outcome: 'unbound' })
  expect([server.requests(), server.connections()]).toEqual([2, 2])
})

test('calls at the same time all arrive', async () => {
  await using server = await serve(respond)
  const client = clientOf(server.url)
  const results = await Promise.all(Array.from({ length: 8 }, () => client.card.unbind(params)))
  expect(results.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 8 }, () => 'unbound'))
  expect(server.requests()).toBe(8)
})

test.each([
  ['gzip', { 'content-encoding': 'gzip' }, gzipSync(done)],
  ['deflate', { 'content-encoding': 'deflate' }, deflateSync(done)],
  ['raw deflate', { 'content-encoding': 'deflate' }, deflateRawSync(done)],
  ['brotli', { 'content-encoding': 'br' }, brotliCompressSync(done)],
  ['a charset as coding', { 'content-encoding': 'UTF-8' }, Buffer.from(done)],
  ['another content type', { 'content-type': 'text/html;charset=GBK' }, Buffer.from(done)],
  ['a byte order mark', {}, Buffer.from(`\uFEFF${done}`)],
])('accepts a response with %s', async (_, headers, body) => {
  await using server = await serve((_request, response) => {
    response.writeHead(200, headers).end(body)
  })
  await expect(clientOf(server.url).card.unbind(params)).resolves.toMatchObject({
    evidence: 'signed-reply',
  })
})

test('accepts a response that arrives in many pieces', async () => {
  await using server = await serve(async (_request, response) => {
    for (const byte of Buffer.from(done)) {
      response.write(Uint8Array.of(byte))
      if (byte % 16 === 0) await nextTurn()
    }
    response.end()
  })
  await expect(clientOf(server.url).card.unbind(params)).resolves.toMatchObject({
    outcome: 'unbound',
  })
})

test('accepts a response after interim ones', async () => {
  await using server = await serve((_request, response) => {
    response.writeProcessing()
    response.writeEarlyHints({ link: '</x>; rel=preload' })
    response.end(done)
  })
  await expect(clientOf(server.url).card.unbind(params)).resolves.toMatchObject({
    outcome: 'unbound',
  })
})

test.each([301, 302, 303, 307, 308])('does not follow a %i', async (status) => {
  await using other = await serve(respond)
  await using server = await serve((_request, response) => {
    response.writeHead(status, { location: `${other.url}/bankcardunbind.htm` }).end()
  })
  await expect(clientOf(server.url).card.unbind(params)).rejects.toMatchObject({
    name: 'UnknownOutcomeError',
    cause: { code: 'ERR_TRANSPORT_STATUS', status },
  })
  expect([server.requests(), other.requests(), other.connections()]).toEqual([1, 0, 0])
})

test('header names are in lower case, and repeated ones are joined', async () => {
  await using server = await serve((_request, response) => {
    response
      .writeHead(
        200,
        [
          ['X-Trace', 'a'],
          ['X-Trace', 'b'],
        ].flat(),
      )
      .end('{}')
  })
  const request = {
    url: `${server.url}/x`,
    method: 'POST',
    headers: {},
    body: new Uint8Array(),
  } as const
  const { headers, status } = await undiciTransport()(request, new AbortController().signal)
  expect(status).toBe(200)
  expect(headers['x-trace']).toBe('a, b')
})

test.each([
  ['before the response', undefined],
  ['within its body', (response: ServerResponse) => response.write('{')],
])('an abort %s ends the connection', async (_, handle) => {
  const controller = new AbortController()
  const closings: Promise<unknown>[] = []
  await using server = await serve((request, response) => {
    closings.push(once(request.socket, 'close'))
    if (handle === undefined) controller.abort()
    else handle(response)
  })
  onTestFinished(onResponseHeaders(server.url, () => controller.abort()))
  const request = { url: server.url, method: 'POST', headers: {}, body: new Uint8Array() } as const
  await expect(undiciTransport()(request, controller.signal)).rejects.toMatchObject({
    code: 'ERR_TRANSPORT_CLOSED',
    delivered: 'unknown',
  })
  await expect(Promise.all(closings)).resolves.toHaveLength(1)
})
