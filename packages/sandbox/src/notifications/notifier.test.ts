import { manualClock } from '@internal/testkit/clocks'
import { plainSigner, plainVerifier } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { handleNotifications, memorySeen, type NotificationKind } from '@llpay/core/notifications'
import { expect, test } from 'vitest'

import { createSandbox } from '../create-sandbox.ts'
import type { SendInit, SendLike } from './deliver.ts'
import { NOTIFICATION_FAULTS } from './faults.ts'
import type { NotificationRequest } from './notifier.ts'

const gateway = vectorKey('k1024')
const merchant = vectorKey('k2048')
const oidPartner = '201304121000001004'
const URL = 'http://127.0.0.1:3000/notify'
const OK = '{"ret_code":"0000","ret_msg":"ok"}'
const KINDS: readonly NotificationKind[] = ['payment', 'refund', 'payout', 'bind', 'exchange']

function sandboxFor(send: SendLike) {
  const clock = manualClock()
  const { notifications } = createSandbox({
    gatewaySigner: plainSigner(gateway.pkcs8Pem),
    partners: [{ oidPartner, verifier: plainVerifier(merchant.spkiPem) }],
    clock,
    send,
  })
  return { clock, notifications }
}

/** A receiver of one kind, as a merchant runs it. */
function receiverOf(kind: NotificationKind) {
  const delivered: (string | undefined)[] = []
  const refused: string[] = []
  const handle = handleNotifications(
    {
      kind,
      oidPartner,
      seen: memorySeen(),
      async onNotification(notification: Readonly<Record<string, string | undefined>>) {
        delivered.push(notification['result_pay'] ?? notification['no_refund'])
      },
      onRefused: ({ reason }) => void refused.push(reason),
    },
    [plainVerifier(gateway.spkiPem)],
  )
  const send: SendLike = (url, init) => handle(new Request(url, init))
  return { send, delivered, refused }
}

const sent: SendInit[] = []
const recording =
  (...replies: readonly (string | number)[]): SendLike =>
  async (_, init) => {
    sent.push(init)
    const reply = replies[Math.min(sent.length, replies.length) - 1] ?? OK
    return typeof reply === 'number' ? new Response('', { status: reply }) : new Response(reply)
  }

/** Lets what waits for a promise that is settled go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

test.each(KINDS)('a %s is accepted by a receiver of its kind', async (kind) => {
  const { send, delivered, refused } = receiverOf(kind)
  const { notifications } = sandboxFor(send)
  const notification = await notifications.send({ kind, url: URL })
  expect(refused).toEqual([])
  expect(delivered).toHaveLength(1)
  expect(notification).toMatchObject({ id: 1, kind, url: URL, state: 'acknowledged' })
  expect(notification.deliveries).toMatchObject([{ status: 200, reply: OK, acknowledged: true }])
  await notifications.send({ kind, url: URL })
  expect(delivered).toHaveLength(2)
})

test('it is sent as LianLian sends it', async () => {
  sent.length = 0
  const { notifications } = sandboxFor(recording(OK))
  const { members } = await notifications.send({ kind: 'payment', url: URL })
  const [request] = sent
  expect(request).toMatchObject({
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'text/json;charset=utf-8' },
  })
  const body = request?.body ?? ''
  const names = Array.from(body.matchAll(/"(\w+)":/g), ([, name]) => name)
  expect(names.every((name, place) => place === 0 || (names[place - 1] ?? '') < (name ?? ''))).toBe(
    true,
  )
  expect(JSON.parse(body)).toEqual(members)
})

test('members replace those of the sample, and null leaves one out', async () => {
  const { notifications } = sandboxFor(recording(OK))
  const { members } = await notifications.send({
    kind: 'payment',
    url: URL,
    members: { no_order: 'A1', bank_code: null, note: '中' },
  })
  expect(members).toMatchObject({ no_order: 'A1', note: '中' })
  expect(members).not.toHaveProperty('bank_code')
})

test('it is repeated every two minutes until it is acknowledged', async () => {
  sent.length = 0
  const { notifications, clock } = sandboxFor(recording(500, '{"ret_code":"9999"}', OK))
  await notifications.send({ kind: 'payment', url: URL })
  clock.elapse(119_999)
  await settle()
  expect(sent).toHaveLength(1)
  clock.elapse(1)
  await settle()
  clock.elapse(120_000)
  await settle()
  clock.elapse(120_000)
  await settle()
  const [notification] = notifications.list()
  expect(notification?.state).toBe('acknowledged')
  expect(notification?.deliveries.map(({ at, status, error }) => [at, status, error])).toEqual([
    [0, 500, 'HTTP status 500; only 200 acknowledges.'],
    [120_000, 200, 'Its ret_code is not 0000.'],
    [240_000, 200, undefined],
  ])
})

test('after thirty deliveries it is given up', async () => {
  sent.length = 0
  const { notifications, clock } = sandboxFor(recording(404))
  await notifications.send({ kind: 'payment', url: URL })
  for (let round = 0; round < 40; round += 1) {
    clock.elapse(120_000)
    await settle()
  }
  expect(sent).toHaveLength(30)
  expect(notifications.list()[0]?.state).toBe('given-up')
})

test('without repeat it is delivered once', async () => {
  sent.length = 0
  const { notifications, clock } = sandboxFor(recording(404))
  await notifications.send({ kind: 'payment', url: URL, repeat: false })
  clock.elapse(120_000)
  await settle()
  expect(sent).toHaveLength(1)
  expect(notifications.list()[0]?.state).toBe('given-up')
})

test('it waits five seconds for a response', async () => {
  let asked: SendInit | undefined
  const { notifications, clock } = sandboxFor((_, init) => {
    asked = init
    return new Promise(() => {})
  })
  const sending = notifications.send({ kind: 'payment', url: URL })
  await settle()
  clock.elapse(4_999)
  await settle()
  expect(notifications.list()[0]?.deliveries).toEqual([])
  clock.elapse(1)
  expect((await sending).deliveries).toEqual([
    {
      at: 0,
      status: null,
      reply: null,
      durationMs: 5_000,
      acknowledged: false,
      error: 'No response within 5 seconds.',
    },
  ])
  expect(asked?.signal.aborted).toBe(true)
})

test.each<[string, () => Response, string]>([
  ['a page', () => new Response('<html>'), 'The response is not JSON.'],
  ['nothing', () => new Response(null), 'The response is not JSON.'],
  ['JSON without ret_code', () => new Response('{}'), 'The response has no ret_code, as text.'],
  ['a number', () => new Response('{"ret_code":0}'), 'The response has no ret_code, as text.'],
  ['201', () => new Response(OK, { status: 201 }), 'HTTP status 201; only 200 acknowledges.'],
  ['a redirect', () => Response.redirect(URL, 302), 'HTTP status 302; only 200 acknowledges.'],
])('%s does not acknowledge', async (_, response, error) => {
  const { notifications } = sandboxFor(async () => response())
  const { deliveries } = await notifications.send({ kind: 'bind', url: URL })
  expect(deliveries).toMatchObject([{ acknowledged: false, error }])
})

test.each([
  [{ code: 'ECONNREFUSED', address: '10.0.0.1' }, 'Nothing is listening there (ECONNREFUSED).'],
  [
    { code: 'ENOTFOUND', hostname: 'secret.example' },
    'The host name cannot be resolved (ENOTFOUND).',
  ],
  [{ code: 'ECONNRESET' }, 'The connection was closed without a response (ECONNRESET).'],
  [
    { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    'The certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT).',
  ],
  [{ message: 'bad port' }, 'fetch does not connect to this port.'],
  [{ code: 'EPIPE', message: 'secret' }, 'It was not delivered (EPIPE).'],
  [undefined, 'It was not delivered.'],
])('a failure by %j is explained, without anything else of it', async (cause, error) => {
  const { notifications } = sandboxFor(async () => {
    throw new TypeError('fetch failed', { cause })
  })
  const { deliveries } = await notifications.send({ kind: 'bind', url: URL })
  expect(deliveries).toMatchObject([{ status: null, reply: null, error }])
})

test('a response without end is read no further than it is kept', async () => {
  const { notifications } = sandboxFor(
    async () =>
      new Response(
        new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(9_999)) }),
      ),
  )
  const { deliveries } = await notifications.send({ kind: 'bind', url: URL })
  expect(deliveries[0]?.reply).toHaveLength(4_096)
})

const play = async (request: Omit<NotificationRequest, 'url'>) => {
  const receiver = receiverOf(request.kind)
  const { notifications, clock } = sandboxFor(receiver.send)
  await notifications.send({ ...request, url: URL })
  return { ...receiver, notifications, clock }
}

test.each([
  ['forged', 'notification.mismatch'],
  ['altered', 'notification.mismatch'],
  ['other-merchant', 'notification.other-merchant'],
  ['wrong-kind', 'notification.wrong-kind'],
] as const)('every kind can be %s, and is then refused', async (fault, reason) => {
  for (const kind of KINDS) {
    const { delivered, refused, notifications } = await play({ kind, fault })
    expect([kind, delivered, refused]).toEqual([kind, [], [reason]])
    expect(notifications.list()).toMatchObject([{ fault, state: 'pending' }])
  }
})

test('a duplicate is delivered twice at once, and handled once', async () => {
  const { delivered, notifications } = await play({ kind: 'payment', fault: 'duplicate' })
  expect(delivered).toHaveLength(1)
  expect(notifications.list()[0]?.deliveries).toHaveLength(2)
})

test('reordered, the return of a payout comes before its success', async () => {
  const { delivered, notifications } = await play({
    kind: 'payout',
    fault: 'reordered',
    members: { oid_paybill: '1', no_order: 'A' },
  })
  expect(delivered).toEqual(['CANCEL', 'SUCCESS'])
  expect(notifications.list().map(({ members }) => members['oid_paybill'])).toEqual(['1', '1'])
})

test('reordered, another refund comes first', async () => {
  const { delivered } = await play({
    kind: 'refund',
    fault: 'reordered',
    members: { no_refund: 'A' },
  })
  expect(delivered).toHaveLength(2)
  expect(delivered[0]).not.toBe('A')
  expect(delivered[1]).toBe('A')
})

test('late, nothing arrives before the last repeat', async () => {
  const { delivered, notifications, clock } = await play({ kind: 'payment', fault: 'late' })
  clock.elapse(29 * 120_000 - 1)
  await settle()
  expect([delivered, notifications.list()[0]?.state]).toEqual([[], 'pending'])
  clock.elapse(1)
  await settle()
  expect([delivered.length, notifications.list()[0]?.state]).toEqual([1, 'acknowledged'])
})

test('it can be sent again at once, whatever became of it', async () => {
  const { delivered, notifications } = await play({ kind: 'payment' })
  expect(await notifications.resend(1)).toMatchObject({ state: 'acknowledged' })
  expect(notifications.list()[0]?.deliveries).toHaveLength(2)
  expect(delivered).toHaveLength(1)
  expect(await notifications.resend(9)).toBeUndefined()
})

test('a reset forgets all, and repeats none', async () => {
  sent.length = 0
  const { notifications, clock } = sandboxFor(recording(404))
  await notifications.send({ kind: 'payment', url: URL })
  notifications.clear()
  clock.elapse(120_000)
  await settle()
  expect([notifications.list(), sent.length]).toEqual([[], 1])
})

test('the newest two hundred are kept', async () => {
  const { notifications } = sandboxFor(async () => new Response(OK))
  for (let count = 0; count < 203; count += 1) await notifications.send({ kind: 'bind', url: URL })
  expect(notifications.list()).toHaveLength(200)
  expect(notifications.list()[0]?.id).toBe(4)
})

const untyped = <T>(value: unknown): T => JSON.parse('0', () => value)

test.each([
  [{ url: 'ftp://127.0.0.1/' }, 'sandbox.notify-url'],
  [{ url: '/notify' }, 'sandbox.notify-url'],
  [{ url: undefined }, 'sandbox.notify-url'],
  [{ url: 'http://user:pass@127.0.0.1/' }, 'sandbox.notify-credentials'],
  [{ kind: 'unbind' }, 'sandbox.notify-kind'],
  [{ fault: 'toString' }, 'sandbox.notify-fault'],
])('%j is refused', async (changes, reason) => {
  const { notifications } = sandboxFor(async () => new Response(OK))
  const request = untyped<NotificationRequest>({ kind: 'payment', url: URL, ...changes })
  await expect(notifications.send(request)).rejects.toMatchObject({
    code: 'ERR_CONFIG_INVALID',
    reason,
    zh: { message: expect.stringMatching(/[\u4e00-\u9fff]/) },
  })
})

test('each fault is described', () => {
  expect(Object.values(NOTIFICATION_FAULTS).every((summary) => summary.length > 20)).toBe(true)
})
