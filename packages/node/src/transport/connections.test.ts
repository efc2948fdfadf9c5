import { EventEmitter, getEventListeners, once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

import { manualClock } from '@internal/testkit/clocks'
import { bodyOf, serve, type LocalServer } from '@internal/testkit/local-server'
import { withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { defineApi, type Transport } from '@llpay/core'
import { expect, test } from 'vitest'

import { createClient } from '../create-client.ts'
import { undiciTransport } from './undici-transport.ts'

const merchant = vectorKey('k2048')
const gateway = vectorKey('k1024')
const sealed = (members: Record<string, string>) =>
  JSON.stringify(withSign({ sign_type: 'RSA', ...members }, gateway.pkcs8Pem))
const done = sealed({ ret_code: '0000', ret_msg: '交易成功' })
const refused = sealed({ ret_code: '1008', ret_msg: '商户未开通' })
const absent = JSON.stringify({ ret_code: '8901', ret_msg: '没有记录' })
const card = { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }
const other = { ...card, no_agree: '2014031710002122' }

const clientOf = (baseUrl: string, more: object = {}) =>
  createClient({
    oidPartner: '201304121000001004',
    privateKey: merchant.pkcs8Pem,
    gatewayPublicKey: gateway.spkiPem,
    baseUrl,
    retry: 0,
    settle: 'never',
    ...more,
  })

const head = (body: string) =>
  `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: keep-alive\r\n\r\n`

/** Writes a reply and leaves the connection open, whatever the request asked for. */
const reply = (socket: Socket, body: string, before = '') =>
  socket.write(`${before}${head(body)}${body}`)

/** undici takes a connection up again in a later turn of the event loop. */
const laterTurn = () => new Promise((later) => setImmediate(() => setImmediate(later)))

type Play = (request: IncomingMessage, members: Record<string, string>) => unknown

/** A gateway that writes to the socket itself. */
const play = (act: Play): Promise<LocalServer> =>
  serve(async (request) => {
    request.socket.on('error', () => undefined)
    const members: Record<string, string> = JSON.parse(await bodyOf(request))
    act(request, members)
  })

test('every request of the catalogue has a connection that carries nothing else', async () => {
  const listed = sealed({ ret_code: '0000', user_id: card.user_id, count: '0' })
  await using server = await play(({ socket, url }) =>
    reply(socket, url === '/bankcardunbind.htm' ? done : listed),
  )
  const client = clientOf(server.url)
  for (let call = 0; call < 3; call += 1) {
    await client.card.unbind(card)
    await client.card.list({ user_id: card.user_id })
  }
  expect([server.requests(), server.connections()]).toEqual([6, 6])
})

const named = defineApi({
  id: 'card.named',
  summary: 'Repeat the parameter',
  host: 'queryapi',
  path: '/named.htm',
  effect: 'read',
  params: { user_id: {} },
  reply: { ret_code: {}, user_id: {} },
  signTypes: ['RSA'],
  success: ['0000'],
  notListed: [],
  unsignedFields: [],
  foreignFields: [],
  assumed: {},
  advice: {},
})

test('requests whose reply repeats every parameter share a connection among themselves', async () => {
  await using server = await play(({ socket, url }, { user_id = '' }) =>
    reply(socket, url === '/named.htm' ? sealed({ ret_code: '0000', user_id }) : done),
  )
  const client = clientOf(server.url)
  for (const user_id of ['1', '2', '3']) {
    const { fields } = await client.call(named, { user_id })
    expect(fields.user_id).toBe(user_id)
    await laterTurn()
  }
  expect(server.connections()).toBe(1)
  await client.card.unbind(card)
  expect(server.connections()).toBe(2)
})

/** Plays a script of replies; the last one is repeated, late, before the next request gets its reply. */
async function serveLate(replies: readonly string[]) {
  const said: { socket: Socket; body: string }[] = []
  return play(({ socket }) => {
    const late = said.at(-1)
    if (late !== undefined && !late.socket.destroyed) reply(late.socket, late.body)
    const body = replies[said.length] ?? ''
    said.push({ socket, body })
    reply(socket, body)
  })
}

test("a late duplicate of one card's success does not unbind the next", async () => {
  await using server = await serveLate([done, refused])
  const client = clientOf(server.url)
  await expect(client.card.unbind(card)).resolves.toMatchObject({ outcome: 'unbound' })
  await laterTurn()
  await expect(client.card.unbind(other)).rejects.toMatchObject({
    name: 'RejectedError',
    returnCode: '1008',
  })
})

test('a late 8901 of a list is not the refusal of the unbind that follows', async () => {
  await using server = await serveLate([absent, done])
  const client = clientOf(server.url)
  await expect(client.card.list({ user_id: card.user_id })).rejects.toMatchObject({
    returnCode: '8901',
  })
  await laterTurn()
  await expect(client.card.unbind(card)).resolves.toMatchObject({ outcome: 'unbound' })
})

test('a late 8901 for one product does not say that another lists nothing', async () => {
  const { user_id } = card
  const listed = sealed({ ret_code: '0000', user_id, count: '1' })
  await using server = await serveLate([absent, listed])
  const client = clientOf(server.url)
  await expect(client.card.list({ user_id, pay_type: 'D' })).rejects.toMatchObject({
    returnCode: '8901',
  })
  await laterTurn()
  await expect(client.card.list({ user_id, pay_type: '2' })).resolves.toMatchObject({
    fields: { count: '1' },
  })
})

test("a reply that arrives after its call timed out is not taken for another call's", async () => {
  const clock = manualClock()
  const sockets: Socket[] = []
  await using server = await play(({ socket }) => {
    const [first] = sockets
    sockets.push(socket)
    if (first === undefined) return clock.elapse(300)
    if (!first.destroyed) reply(first, done)
    reply(socket, refused)
  })
  const hurried = clientOf(server.url, { timeoutMs: 300, clock })
  await expect(hurried.card.unbind(card)).rejects.toMatchObject({ name: 'UnknownOutcomeError' })
  await expect(clientOf(server.url).card.unbind(other)).rejects.toMatchObject({
    returnCode: '1008',
  })
})

test('bytes behind a reply are not read as the reply to the next request', async () => {
  const replies = [done, refused]
  let at = 0
  await using server = await play(({ socket }) => {
    const body = replies[at] ?? ''
    at += 1
    socket.write(`${head(body)}${body}${head(done)}${done}`)
  })
  const client = clientOf(server.url)
  await expect(client.card.unbind(card)).resolves.toMatchObject({ outcome: 'unbound' })
  await laterTurn()
  await expect(client.card.unbind(other)).rejects.toMatchObject({ returnCode: '1008' })
})

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n'
const PROCESSING = 'HTTP/1.1 102 Processing\r\n\r\n'
const HINTS = 'HTTP/1.1 103 Early Hints\r\nlink: </x>; rel=preload\r\n\r\n'

test.each([
  ['100 Continue', CONTINUE],
  ['100 Continue with headers', 'HTTP/1.1 100 Continue\r\nserver: x\r\ndate: y\r\n\r\n'],
  ['100 without words', 'HTTP/1.1 100 \r\n\r\n'],
  ['102 Processing', PROCESSING],
  ['103 Early Hints', HINTS],
  ['several of one kind', CONTINUE.repeat(5)],
  ['several of all kinds', `${HINTS}${CONTINUE}${PROCESSING}${CONTINUE}${HINTS}`],
  ['a status that is not known yet', 'HTTP/1.1 199 Later\r\n\r\n'],
])('reads over interim responses: %s', async (_, interim) => {
  await using server = await play(({ socket }) => reply(socket, done, interim))
  await expect(clientOf(server.url).card.unbind(card)).resolves.toMatchObject({
    outcome: 'unbound',
    evidence: 'signed-reply',
  })
  expect(server.requests()).toBe(1)
})

test('reads over interim responses that come byte by byte', async () => {
  await using server = await play(async ({ socket }) => {
    socket.setNoDelay(true)
    for (const byte of Buffer.from(`${CONTINUE}${HINTS}${CONTINUE}${head(done)}`)) {
      socket.write(Uint8Array.of(byte))
      await new Promise((later) => setImmediate(later))
    }
    socket.write(done)
  })
  await expect(clientOf(server.url).card.unbind(card)).resolves.toMatchObject({
    outcome: 'unbound',
  })
})

test('reads over interim responses before every reply of a shared connection', async () => {
  await using server = await play(({ socket }, { user_id = '' }) =>
    reply(socket, sealed({ ret_code: '0000', user_id }), CONTINUE),
  )
  const client = clientOf(server.url)
  for (const user_id of ['1', '2', '3']) {
    await expect(client.call(named, { user_id })).resolves.toMatchObject({ fields: { user_id } })
    await laterTurn()
  }
  expect(server.connections()).toBe(1)
})

test.each([
  ['nothing but interim responses', CONTINUE],
  ['half an interim response', 'HTTP/1.1 100 Con'],
  ['an interim response without end', `HTTP/1.1 100 Continue\r\nx: ${'x'.repeat(65_536)}`],
  ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n'],
])('%s is not a reply', async (_, bytes) => {
  await using server = await play(({ socket }) => socket.end(bytes))
  await expect(clientOf(server.url).card.unbind(card)).rejects.toMatchObject({
    name: 'UnknownOutcomeError',
    cause: { code: 'ERR_TRANSPORT_CLOSED' },
  })
})

test('a request that was carried out without a reply is sent once, also behind other requests', async () => {
  const paths: string[] = []
  await using server = await play(({ socket, url = '' }) => {
    paths.push(url)
    if (url === '/bankcardunbind.htm') socket.destroy()
    else reply(socket, absent)
  })
  const client = clientOf(server.url, { retry: 2 })
  await expect(client.card.list({ user_id: card.user_id })).rejects.toMatchObject({
    returnCode: '8901',
  })
  await laterTurn()
  await expect(client.card.unbind(card)).rejects.toMatchObject({ name: 'UnknownOutcomeError' })
  expect(paths).toEqual(['/bankcardbindlist.htm', '/bankcardunbind.htm'])
})

test('64 calls at the same time all arrive, and leave no socket open', async () => {
  const sockets: Socket[] = []
  await using server = await play(({ socket }) => {
    sockets.push(socket)
    reply(socket, done)
  })
  const client = clientOf(server.url)
  const results = await Promise.all(Array.from({ length: 64 }, () => client.card.unbind(card)))
  expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['unbound']))
  await Promise.all(sockets.map(async (socket) => socket.destroyed || once(socket, 'close')))
  expect([server.requests(), server.connections()]).toEqual([64, 64])
})

test('at most 256 connections to a gateway are open, and further requests wait their turn', async () => {
  const waiting: Socket[] = []
  let open = 0
  let most = 0
  let isFull = false
  const filling = new EventEmitter()
  const full = once(filling, 'full')
  await using server = await play(({ socket }) => {
    open += 1
    most = Math.max(most, open)
    socket.once('close', () => {
      open -= 1
    })
    if (isFull) {
      reply(socket, done)
    } else {
      waiting.push(socket)
      isFull = waiting.length === 256
      if (isFull) filling.emit('full')
    }
  })
  const client = clientOf(server.url)
  const calls = Array.from({ length: 300 }, () => client.card.unbind(card))
  await full
  for (const socket of waiting) reply(socket, done)
  await expect(Promise.all(calls)).resolves.toHaveLength(300)
  expect(most).toBe(256)
})

test('a call that waits for a connection can be aborted, and nothing was sent', async () => {
  const sockets: Socket[] = []
  const filling = new EventEmitter()
  const full = once(filling, 'full')
  await using server = await play(({ socket }) => {
    sockets.push(socket)
    if (sockets.length === 256) filling.emit('full')
  })
  const client = clientOf(server.url)
  const calls = Array.from({ length: 256 }, () => client.card.unbind(card))
  await full
  const controller = new AbortController()
  const waiting = client.card.unbind(other, { signal: controller.signal })
  controller.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'ERR_TRANSPORT_ABORTED', delivered: 'no' })
  for (const socket of sockets) reply(socket, done)
  await expect(Promise.all(calls)).resolves.toHaveLength(256)
  expect(server.requests()).toBe(256)
})

test('no listener stays on the signal of a call, however many requests it makes', async () => {
  await using server = await play(({ socket }) => reply(socket, sealed({ ret_code: '3003' })))
  const send = undiciTransport()
  const counts: number[] = []
  const signals = new Set<AbortSignal>()
  const transport: Transport = (request, signal) => {
    signals.add(signal)
    counts.push(getEventListeners(signal, 'abort').length)
    return send(request, signal)
  }
  const client = clientOf(server.url, { transport, settle: 'always' })
  await expect(client.card.unbind(card)).rejects.toMatchObject({ returnCode: '3003' })
  expect(counts.length).toBeGreaterThan(5)
  // Node.js 20 warns of the eleventh.
  expect(Math.max(...counts)).toBeLessThanOrEqual(10)
  // The deadline's listener stays.
  for (const signal of signals) {
    expect(getEventListeners(signal, 'abort').length).toBeLessThanOrEqual(1)
  }
})
