import { request as send, type RequestListener } from 'node:http'

import { deferred } from '@internal/testkit/clocks'
import { serve as serveLocally } from '@internal/testkit/local-server'
import { withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { expect, onTestFinished, test } from 'vitest'

import { createNotificationHandler, type LLPayError, memorySeen, toNodeListener } from '../index.ts'

const gateway = vectorKey('k1024')
const oidPartner = '201304121000001004'
const body = JSON.stringify(
  withSign(
    {
      oid_partner: oidPartner,
      no_order: 'P1',
      dt_order: '20240501093015',
      oid_paybill: '2024050100000001',
      money_order: '49.9',
      result_pay: 'SUCCESS',
      pay_type: 'D',
      info_order: '中文 😀',
    },
    gateway.pkcs8Pem,
  ),
)

/** Serves payments; `handled` resolves with the errors, once the first request was handled. */
async function serve(before: (listener: RequestListener) => RequestListener = (each) => each) {
  const errors: LLPayError[] = []
  const orders: string[] = []
  const listener = toNodeListener(
    createNotificationHandler({
      kind: 'payment',
      oidPartner,
      gatewayPublicKey: gateway.spkiPem,
      seen: memorySeen(),
      async onNotification({ no_order }) {
        orders.push(no_order)
      },
      onRefused: (error) => void errors.push(error),
    }),
  )
  const { promise, resolve } = deferred()
  const server = await serveLocally(
    before((incoming, outgoing) => void listener(incoming, outgoing).then(resolve)),
  )
  onTestFinished(() => server[Symbol.asyncDispose]())
  const post = (init: RequestInit = {}) =>
    fetch(`${server.url}/notify`, {
      method: 'POST',
      headers: { 'content-type': 'text/json;charset=utf-8' },
      body,
      ...init,
    })
  return { post, url: server.url, errors, handled: promise, orders }
}

test('reads the raw stream, and writes the acknowledgement', async () => {
  const { post, orders } = await serve()
  const response = await post()
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    'application/json; charset=utf-8',
  ])
  expect(await response.text()).toBe('{"ret_code":"0000","ret_msg":"ok"}')
  expect(orders).toEqual(['P1'])
})

test.each([
  ['altered', body.replace('49.9', '499'), 'notification.mismatch'],
  ['empty', '', 'notification.not-json'],
])('a body that is %s gets 9999 with HTTP 200', async (_, text, reason) => {
  const { post, errors } = await serve()
  const response = await post({ body: text })
  expect([response.status, await response.json()]).toMatchObject([200, { ret_code: '9999' }])
  expect(errors.map((error) => error.reason)).toEqual([reason])
})

test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('%s gets 405', async (method) => {
  const { post } = await serve()
  const response = await post({ method, ...(method === 'GET' ? { body: null } : {}) })
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
})

test('a body parser in front is named, with the line to move', async () => {
  const { post, errors } = await serve((listener) => (incoming, outgoing) => {
    incoming.resume()
    incoming.on('end', () => {
      Object.assign(incoming, { body: { no_order: 'P1' } })
      listener(incoming, outgoing)
    })
  })
  expect(await (await post()).json()).toMatchObject({ ret_code: '9999' })
  expect(errors[0]).toMatchObject({
    reason: 'notification.body-consumed',
    hint: expect.stringContaining('app.use(express.json())'),
  })
})

test.each(['body', 'rawBody'])('bytes that a parser left in %s are used', async (name) => {
  const { post, orders } = await serve((listener) => async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    Object.assign(incoming, { [name]: Buffer.concat(chunks) })
    listener(incoming, outgoing)
  })
  expect(await (await post()).json()).toMatchObject({ ret_code: '0000' })
  expect(orders).toEqual(['P1'])
})

test('an empty body in front of an unread stream does not hide it', async () => {
  const { post, orders } = await serve((listener) => (incoming, outgoing) => {
    Object.assign(incoming, { body: {} })
    listener(incoming, outgoing)
  })
  expect(await (await post()).json()).toMatchObject({ ret_code: '0000' })
  expect(orders).toEqual(['P1'])
})

test('a sender that goes away in the middle is named, and harms nothing', async () => {
  const { url, post, errors, handled } = await serve()
  const half = send(url, { method: 'POST', headers: { 'content-length': 999 } })
  half.on('error', () => {})
  half.write('{"no_order"', () => half.destroy())
  await handled
  expect(errors.map(({ reason }) => reason)).toEqual(['notification.cut-off'])
  expect(await (await post()).json()).toMatchObject({ ret_code: '0000' })
})
