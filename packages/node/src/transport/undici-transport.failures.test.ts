import type { ServerResponse } from 'node:http'
import { createServer, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'

import { manualClock, type ManualClock } from '@internal/testkit/clocks'
import { closedUrl, onResponseHeaders, serve, type Handler } from '@internal/testkit/local-server'
import { withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { describe, expect, onTestFinished, test } from 'vitest'

import { createClient } from '../create-client.ts'

const gateway = vectorKey('k1024')
const done = JSON.stringify(withSign({ ret_code: '0000', sign_type: 'RSA' }, gateway.pkcs8Pem))
const params = { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }

const TIMEOUT_MS = 400

/** Unbinds on a clock that stands still, and gives the error. A call that no event ends hangs the test. */
function failureAt(
  baseUrl: string,
  clock: ManualClock = manualClock(),
  signal?: AbortSignal,
): Promise<unknown> {
  const client = createClient({
    oidPartner: '201304121000001004',
    privateKey: vectorKey('k2048').pkcs8Pem,
    gatewayPublicKey: gateway.spkiPem,
    baseUrl,
    timeoutMs: TIMEOUT_MS,
    clock,
    retry: 0,
    settle: 'never' as const,
  })
  return client.card.unbind(params, { signal }).catch((error: unknown) => error)
}

const unknown = (cause: object) => ({
  name: 'UnknownOutcomeError',
  delivered: 'unknown',
  attempts: 1,
  cause,
})

/** Writes for as long as the other side listens. */
function writeEndlessly(response: ServerResponse): void {
  const chunk = Buffer.alloc(65_536, 0x20)
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  }
  response.on('drain', more)
  more()
}

const bomb = gzipSync(Buffer.alloc(50_000_000))

const SERVERS: readonly (readonly [string, Handler, object])[] = [
  [
    'closes before it responds',
    ({ socket }) => socket.destroy(),
    unknown({ code: 'ERR_TRANSPORT_CLOSED' }),
  ],
  [
    'resets the connection',
    ({ socket }) => socket.resetAndDestroy(),
    unknown({ code: 'ERR_TRANSPORT_CLOSED' }),
  ],
  [
    'closes after the headers',
    ({ socket }, response) => {
      response.writeHead(200, { 'content-length': '100' }).flushHeaders()
      socket.end()
    },
    unknown({ code: 'ERR_TRANSPORT_CLOSED' }),
  ],
  [
    'closes within the body',
    ({ socket }, response) => {
      response.writeHead(200, { 'content-length': String(done.length + 1) }).write(done)
      socket.end()
    },
    unknown({ code: 'ERR_TRANSPORT_CLOSED' }),
  ],
  [
    'closes within a chunked body',
    ({ socket }, response) => {
      response.write(done)
      socket.end()
    },
    unknown({ code: 'ERR_TRANSPORT_CLOSED' }),
  ],
  [
    'cuts its gzip',
    (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(done).subarray(0, -3))
    },
    unknown({ code: 'ERR_TRANSPORT_CLOSED' }),
  ],
  [
    'cuts its JSON',
    (_, response) => response.end(done.slice(0, -1)),
    unknown({ code: 'ERR_REPLY_NOT_JSON' }),
  ],
  ['sends nothing', (_, response) => response.end(), unknown({ code: 'ERR_REPLY_NOT_JSON' })],
  [
    'sends a bomb',
    (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    },
    { name: 'ProtocolError', code: 'ERR_REPLY_TOO_LARGE', delivered: 'unknown' },
  ],
  [
    'never ends its body',
    (_, response) => writeEndlessly(response),
    { code: 'ERR_REPLY_TOO_LARGE' },
  ],
  [
    'never ends the body of a 503',
    (_, response) => {
      writeEndlessly(response.writeHead(503))
    },
    unknown({ code: 'ERR_TRANSPORT_STATUS', status: 503 }),
  ],
  [
    'never begins the body of a 503',
    (_, response) => {
      response.writeHead(503, { 'content-length': '5' }).flushHeaders()
    },
    unknown({ code: 'ERR_TRANSPORT_STATUS', status: 503 }),
  ],
  [
    'responds with 204',
    (_, response) => response.writeHead(204).end(),
    unknown({ code: 'ERR_TRANSPORT_STATUS' }),
  ],
]

test.each(SERVERS)('a gateway that %s', async (_, handler, expected) => {
  await using server = await serve((request, response) => {
    request.resume().on('end', () => handler(request, response))
  })
  expect(await failureAt(server.url)).toMatchObject(expected)
  expect(server.requests()).toBe(1)
})

test('nothing listens: nothing was sent', async () => {
  expect(await failureAt(await closedUrl())).toMatchObject({
    name: 'TransportError',
    code: 'ERR_TRANSPORT_CONNECT',
    delivered: 'no',
    cause: { message: 'Error (ECONNREFUSED)' },
  })
})

/** A server below HTTP, and its address. */
async function listen(onConnection: (socket: Socket) => void): Promise<string> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined))
    onConnection(socket)
  })
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready)
  })
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  return `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

test.each([
  ['speaks no HTTP', 'hello\r\n\r\n'],
  ['sends a header without end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}`],
  [
    'sends two lengths',
    `HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: ${done.length}\r\n\r\n${done}`,
  ],
])('a gateway that %s', async (_, bytes) => {
  const address = await listen((socket) => socket.once('data', () => socket.write(bytes)))
  expect(await failureAt(`http://${address}`)).toMatchObject(
    unknown({ code: 'ERR_TRANSPORT_CLOSED', delivered: 'unknown' }),
  )
})

type Play = (response: ServerResponse) => void

/** What a gateway does that keeps a call waiting; the first one does nothing. */
const WAITS: readonly (readonly [string, Play | undefined])[] = [
  ['never responds', undefined],
  [
    'sends headers alone',
    (response) => response.writeHead(200, { 'content-length': '9' }).flushHeaders(),
  ],
  [
    'drips',
    (response) => {
      const drip = () => {
        if (response.destroyed) return
        response.write(' ')
        setImmediate(drip)
      }
      drip()
    },
  ],
]

/** Serves such a gateway, and calls back when a call waits for what never comes. */
async function keepWaiting(handle: Play | undefined, onWaiting: () => void) {
  const server = await serve((_request, response) =>
    handle === undefined ? onWaiting() : handle(response),
  )
  if (handle !== undefined) onTestFinished(onResponseHeaders(server.url, onWaiting))
  return server
}

describe.each(WAITS)('a gateway that %s', (_, handle) => {
  test('runs into the deadline', async () => {
    const clock = manualClock()
    await using server = await keepWaiting(handle, () => clock.elapse(TIMEOUT_MS))
    expect(await failureAt(server.url, clock)).toMatchObject(
      unknown({ code: 'ERR_TRANSPORT_TIMEOUT', delivered: 'unknown' }),
    )
  })

  test('is left when the caller aborts', async () => {
    const controller = new AbortController()
    await using server = await keepWaiting(handle, () => controller.abort())
    expect(await failureAt(server.url, undefined, controller.signal)).toMatchObject(
      unknown({ code: 'ERR_TRANSPORT_ABORTED', delivered: 'unknown' }),
    )
  })
})

describe('a gateway that never finishes the handshake', () => {
  test('runs into the deadline, and nothing was sent', async () => {
    const clock = manualClock()
    const address = await listen(() => clock.elapse(TIMEOUT_MS))
    expect(await failureAt(`https://${address}`, clock)).toMatchObject({
      name: 'TransportError',
      code: 'ERR_TRANSPORT_TIMEOUT',
      delivered: 'no',
    })
  })

  test('is left when the caller aborts, and nothing was sent', async () => {
    const controller = new AbortController()
    const address = await listen(() => controller.abort())
    expect(await failureAt(`https://${address}`, undefined, controller.signal)).toMatchObject({
      name: 'TransportError',
      code: 'ERR_TRANSPORT_ABORTED',
      delivered: 'no',
    })
  })
})

test('a call that was aborted before it began reaches no server', async () => {
  await using server = await serve((_, response) => response.end(done))
  expect(await failureAt(server.url, undefined, AbortSignal.abort())).toMatchObject({
    code: 'ERR_TRANSPORT_ABORTED',
    delivered: 'no',
  })
  expect(server.connections()).toBe(0)
})
