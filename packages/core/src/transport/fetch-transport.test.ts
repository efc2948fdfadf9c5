import { expect, test } from 'vitest'

import { fetchTransport, type FetchInit, type FetchLike } from './fetch-transport.ts'

const request = {
  url: 'https://proxy.example/bankcardunbind.htm',
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: new Uint8Array(Buffer.from('xx{"a":"1"}')).subarray(2),
} as const
const { signal } = new AbortController()

test('sends the bytes of the body, and asks for redirects not to be followed', async () => {
  const seen: [string, FetchInit][] = []
  const transport = fetchTransport(async (url, init) => {
    seen.push([url, init])
    return new Response('{}', { headers: { 'X-Trace': '1' } })
  })
  const response = await transport(request, signal)
  const [[url, init] = []] = seen
  expect(url).toBe(request.url)
  expect(init).toMatchObject({ method: 'POST', redirect: 'manual', signal })
  expect(Buffer.from(init?.body ?? new ArrayBuffer()).toString()).toBe('{"a":"1"}')
  expect(response).toMatchObject({ status: 200, headers: { 'x-trace': '1' } })
  expect(Buffer.from(response.body).toString()).toBe('{}')
})

/** A body that ends only when it is cancelled, and records that it was. */
function endless() {
  const state = { cancelled: false }
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
    cancel: () => {
      state.cancelled = true
    },
  })
  return { state, stream }
}

test('gives up on a body that does not end', async () => {
  const { state, stream } = endless()
  const transport = fetchTransport(async () => new Response(stream))
  await expect(transport(request, signal)).rejects.toMatchObject({ code: 'ERR_REPLY_TOO_LARGE' })
  expect(state.cancelled).toBe(true)
})

test.each([302, 404, 503])('does not read the body of a %i', async (status) => {
  const { state, stream } = endless()
  const transport = fetchTransport(async () => new Response(stream, { status }))
  await expect(transport(request, signal)).resolves.toMatchObject({
    status,
    body: new Uint8Array(),
  })
  expect(state.cancelled).toBe(true)
})

test('a body that is absent is empty', async () => {
  const transport = fetchTransport(async () => new Response(null))
  await expect(transport(request, signal)).resolves.toMatchObject({ body: new Uint8Array() })
})

const failing =
  (error: unknown): FetchLike =>
  async () => {
    throw error
  }
const fetchFailed = (code: string) =>
  new TypeError('fetch failed https://CANARY', {
    cause: Object.assign(new Error('CANARY'), { code }),
  })
const broken: FetchLike = async () =>
  new Response(
    new ReadableStream({
      pull: (controller) => controller.error(new TypeError('terminated')),
    }),
  )

test.each([
  ['a refused connection', failing(fetchFailed('ECONNREFUSED')), 'ERR_TRANSPORT_CONNECT', 'no'],
  ['an unknown host', failing(fetchFailed('ENOTFOUND')), 'ERR_TRANSPORT_CONNECT', 'no'],
  [
    'a self-signed certificate',
    failing(fetchFailed('DEPTH_ZERO_SELF_SIGNED_CERT')),
    'ERR_TRANSPORT_CONNECT',
    'no',
  ],
  ['a reset', failing(fetchFailed('ECONNRESET')), 'ERR_TRANSPORT_CLOSED', 'unknown'],
  ['a broken pipe', failing(fetchFailed('EPIPE')), 'ERR_TRANSPORT_CLOSED', 'unknown'],
  ['an error without a code', failing(new TypeError('CANARY')), 'ERR_TRANSPORT_CLOSED', 'unknown'],
  [
    'a code that is not text',
    failing(Object.assign(new Error('CANARY'), { code: 7 })),
    'ERR_TRANSPORT_CLOSED',
    'unknown',
  ],
  ['a text', failing('CANARY'), 'ERR_TRANSPORT_CLOSED', 'unknown'],
  ['a body that breaks', broken, 'ERR_TRANSPORT_CLOSED', 'unknown'],
])('%s is reported without its message', async (_, fetch, code, delivered) => {
  const error: unknown = await fetchTransport(fetch)(request, signal).catch(
    (caught: unknown) => caught,
  )
  expect(error).toMatchObject({ name: 'TransportError', code, delivered })
  expect(JSON.stringify(error)).not.toContain('CANARY')
})

test('a cause that is its own cause ends', async () => {
  const circle = new Error('x')
  circle.cause = circle
  await expect(fetchTransport(failing(circle))(request, signal)).rejects.toMatchObject({
    code: 'ERR_TRANSPORT_CLOSED',
  })
})
