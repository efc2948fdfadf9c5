import { plainSigner, plainVerifier } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
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
  return { sandbox, received, call }
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

/** Reads events until a text has come; returns the data of each event. */
async function readEvents(body: ReadableStream<Uint8Array> | null, until: string) {
  const reader = body?.getReader()
  if (reader === undefined) throw new Error('no body')
  const decoder = new TextDecoder()
  let text = ''
  while (!text.includes(until)) text += decoder.decode((await reader.read()).value)
  await reader.cancel()
  expect(text).not.toMatch(/^id:/m)
  return text.split('\n\n').flatMap((event) => {
    const [, name = '', json = ''] = /^event: (.*)\ndata: (.*)$/.exec(event) ?? []
    const data: unknown = json === '' ? undefined : JSON.parse(json)
    return data === undefined ? [] : [{ name, data }]
  })
}

test('the stream of events has every change of a notification, and none from before', async () => {
  const { sandbox, call } = open()
  await call('POST', 'notifications', { kind: 'bind', url })
  const { body } = await sandbox.fetch(`${ORIGIN}/_sandbox/events`)
  await call('POST', 'notifications', { kind: 'refund', url, fault: 'late' })
  await call('POST', 'notifications/resend', { id: 2 })
  const refund = { id: 2, kind: 'refund' }
  expect(await readEvents(body, 'acknowledged')).toMatchObject([
    { name: 'notification', data: { ...refund, state: 'pending', deliveries: [] } },
    {
      name: 'notification',
      data: { ...refund, state: 'acknowledged', deliveries: [{ status: 200 }] },
    },
  ])
  expect((await call('GET', 'health')).said).toMatchObject({ notifications: 2 })
})

test('a reader that is slow gets the latest state of each notification, once', async () => {
  const { sandbox, call } = open()
  const { body } = await sandbox.fetch(`${ORIGIN}/_sandbox/events`)
  const note = 'x'.repeat(60_000)
  for (let count = 0; count < 10; count += 1) {
    await call('POST', 'notifications', { kind: 'bind', url, members: { note } })
  }
  await call('POST', 'notifications/resend', { id: 10 })
  await call('POST', 'notifications', { kind: 'refund', url })
  const events = await readEvents(body, '"kind":"refund"')
  const states = events.map(({ data }) => {
    const deliveries: unknown = Reflect.get(Object(data), 'deliveries')
    return [Reflect.get(Object(data), 'id'), Array.isArray(deliveries) ? deliveries.length : 0]
  })
  expect(states.filter(([id]) => id === 10)).toEqual([[10, 2]])
})

test.each<[string, unknown, number, string]>([
  ['notifications', { url }, 400, 'kind is missing'],
  ['notifications', { kind: 'unbind', url }, 400, 'kind takes payment, refund'],
  ['notifications', { kind: 'payment' }, 400, 'url is missing'],
  ['notifications', { kind: 'payment', url: 'file:///etc/passwd' }, 400, 'http:// or https://'],
  ['notifications', { kind: 'payment', url, fault: 'x' }, 400, 'fault takes duplicate'],
  ['notifications', { kind: 'payment', url, repeat: 'no' }, 400, 'repeat takes true or false'],
  ['notifications', { kind: 'payment', url, members: [] }, 400, 'members must be an object'],
  ['notifications', { kind: 'payment', url, members: { a: 1 } }, 400, 'members must be an object'],
  ['notifications', { kind: 'payment', url, count: 2 }, 400, 'only these members'],
  ['notifications/resend', { id: '1' }, 400, 'id must be'],
  ['notifications/resend', { id: 7 }, 404, 'no such notification'],
])('%s refuses %j', async (path, body, status, words) => {
  const { received, call } = open()
  const refused = await call('POST', path, body)
  expect(refused.status).toBe(status)
  expect(JSON.stringify(refused.said)).toContain(words)
  expect(received).toEqual([])
})
