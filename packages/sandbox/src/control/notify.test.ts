import { plainSigner, plainVerifier, vectorKey } from '@internal/vectors'
import { expect, test } from 'vitest'

import { createSandbox } from '../create-sandbox.ts'

const ORIGIN = 'http://127.0.0.1:8090'
const url = 'http://127.0.0.1:3000/notify'

function open() {
  const received: string[] = []
  const sandbox = createSandbox({
    gatewaySigner: plainSigner(vectorKey('k1024').pkcs8Pem),
    partners: [
      { oidPartner: '201304121000001004', verifier: plainVerifier(vectorKey('k2048').spkiPem) },
    ],
    async send(_, init) {
      received.push(init.body)
      return new Response('{"ret_code":"0000","ret_msg":"ok"}')
    },
  })
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await sandbox.fetch(
      new Request(`${ORIGIN}/_sandbox/${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
    )
    const text = await response.text()
    const said: unknown = text === '' ? undefined : JSON.parse(text)
    return { status: response.status, said }
  }
  return { received, call }
}

test('sends, lists, sends again, and forgets with a reset', async () => {
  const { received, call } = open()
  const created = await call('POST', 'notifications', {
    kind: 'refund',
    url,
    members: { no_refund: 'R1', settle_date: null },
    repeat: false,
  })
  expect(created).toMatchObject({
    status: 201,
    said: { notification: { id: 1, kind: 'refund', state: 'acknowledged' } },
  })
  expect(received[0]).toContain('"no_refund":"R1"')
  expect(received[0]).not.toContain('settle_date')
  const again = await call('POST', 'notifications/resend', { id: 1 })
  expect(again.status).toBe(200)
  expect(received[1]).toBe(received[0])
  expect((await call('GET', 'notifications')).said).toMatchObject({
    notifications: [{ id: 1, deliveries: [{ status: 200 }, { status: 200 }] }],
  })
  await call('POST', 'reset', {})
  expect((await call('GET', 'notifications')).said).toEqual({ notifications: [] })
})

test.each<[string, unknown, number, string]>([
  ['notifications', { url }, 400, 'kind is missing'],
  ['notifications', { kind: 'unbind', url }, 400, 'kind takes payment, refund'],
  ['notifications', { kind: 'payment' }, 400, 'url is missing'],
  ['notifications', { kind: 'payment', url: 'file:///etc/passwd' }, 400, 'http:// or https://'],
  ['notifications', { kind: 'payment', url, fault: 'x' }, 400, 'fault takes duplicate'],
  ['notifications', { kind: 'payment', url, repeat: 'no' }, 400, 'repeat takes true or false'],
  ['notifications', { kind: 'payment', url, members: [] }, 400, 'members takes an object'],
  ['notifications', { kind: 'payment', url, members: { a: 1 } }, 400, 'members takes an object'],
  ['notifications', { kind: 'payment', url, count: 2 }, 400, 'nothing else'],
  ['notifications/resend', { id: '1' }, 400, 'id takes'],
  ['notifications/resend', { id: 7 }, 404, 'no such notification'],
])('%s refuses %j', async (path, body, status, words) => {
  const { received, call } = open()
  const refused = await call('POST', path, body)
  expect(refused.status).toBe(status)
  expect(JSON.stringify(refused.said)).toContain(words)
  expect(received).toEqual([])
})
