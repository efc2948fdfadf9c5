import { manualClock } from '@internal/testkit/clocks'
import { bodyOf, closedUrl, onResponseHeaders, serve } from '@internal/testkit/local-server'
import { withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { expect, onTestFinished, test } from 'vitest'

import type { ClientConfig } from '../config.ts'
import { createClient } from '../create-client.ts'

const merchant = vectorKey('k1024')
const gateway = vectorKey('k2048')
const params = { user_id: '1234567', no_agree: '2014031710002121' }

const SUCCESS = JSON.stringify(
  withSign({ ret_code: '0000', ret_msg: '交易成功', sign_type: 'RSA' }, gateway.pkcs8Pem),
)

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no failure',
    (error: unknown) => error,
  )

const unbindAt = (baseUrl: string, more: Partial<ClientConfig> = {}, signal?: AbortSignal) =>
  createClient({
    oidPartner: '201304121000001004',
    privateKey: merchant.pkcs8Pem,
    gatewayPublicKey: gateway.spkiPem,
    baseUrl,
    timeoutMs: 60_000,
    retry: 0,
    settle: 'never',
    ...more,
  }).card.unbind(params, { signal })

test('the platform fetch carries the call', async () => {
  const bodies: string[] = []
  await using server = await serve((request, response) => {
    const answer = async () => {
      bodies.push(await bodyOf(request))
      response.end(SUCCESS)
    }
    void answer()
  })
  expect(await unbindAt(server.url)).toMatchObject({ outcome: 'unbound' })
  expect(bodies.map((body) => JSON.parse(body))).toMatchObject([params])
})

test.each([
  ['redirects', 302],
  ['server errors', 503],
])('%s are neither followed nor repeated', async (_name, status) => {
  await using server = await serve((_request, response) => {
    response.writeHead(status, { location: '/elsewhere' }).end(SUCCESS)
  })
  expect(await failure(unbindAt(server.url))).toMatchObject({
    code: 'ERR_OUTCOME_UNKNOWN',
    cause: { code: 'ERR_TRANSPORT_STATUS' },
  })
  expect(server.requests()).toBe(1)
})

test('a response that is too large is cut off', async () => {
  let sent = 0
  await using server = await serve((_request, response) => {
    const chunk = Buffer.alloc(65_536, ' ')
    const write = () => {
      while (!response.destroyed && response.write(chunk)) sent += 1
      if (!response.destroyed) response.once('drain', write)
    }
    write()
  })
  expect(await failure(unbindAt(server.url))).toMatchObject({ code: 'ERR_REPLY_TOO_LARGE' })
  expect(sent).toBeLessThan(1000)
})

/** Serves a body that never ends, byte by byte. */
const serveDrip = () =>
  serve((_request, response) => {
    response.writeHead(200)
    const drip = () => {
      if (response.destroyed) return
      response.write(' ')
      setImmediate(drip)
    }
    drip()
  })

test('the deadline covers a body that drips', async () => {
  const clock = manualClock()
  await using server = await serveDrip()
  onTestFinished(onResponseHeaders(server.url, () => clock.elapse(300)))
  expect(await failure(unbindAt(server.url, { timeoutMs: 300, clock }))).toMatchObject({
    code: 'ERR_OUTCOME_UNKNOWN',
    cause: { code: 'ERR_TRANSPORT_TIMEOUT' },
  })
})

test('the caller can end the wait for a body', async () => {
  const controller = new AbortController()
  await using server = await serveDrip()
  onTestFinished(onResponseHeaders(server.url, () => controller.abort()))
  expect(await failure(unbindAt(server.url, {}, controller.signal))).toMatchObject({
    cause: { code: 'ERR_TRANSPORT_ABORTED' },
  })
})

test('a connection that was refused is known not to have delivered', async () => {
  expect(await failure(unbindAt(await closedUrl()))).toMatchObject({
    code: 'ERR_TRANSPORT_CONNECT',
    delivered: 'no',
  })
})

test('a connection that breaks may have delivered', async () => {
  await using server = await serve((_request, response) => {
    response.destroy()
  })
  expect(await failure(unbindAt(server.url))).toMatchObject({
    code: 'ERR_OUTCOME_UNKNOWN',
    delivered: 'unknown',
  })
  expect(server.requests()).toBe(1)
})
