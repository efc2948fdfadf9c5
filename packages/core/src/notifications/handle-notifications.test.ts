import { deferred, manualClock } from '@internal/testkit/clocks'
import { plainVerifier, withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { expect, test, vi } from 'vitest'

import type { LLPayError } from '../errors/ll-pay-error.ts'
import {
  type ExpectedRecord,
  handleNotifications,
  type NotificationHandling,
} from './handle-notifications.ts'
import { keyOf } from './read-notification.ts'
import { memorySeen, type SeenStore } from './seen-store.ts'

const gateway = vectorKey('k1024')
const oidPartner = '201304121000001004'
const verifiers = [plainVerifier(gateway.spkiPem)]
const DONE = { ret_code: '0000', ret_msg: 'ok' }

const payment = {
  oid_partner: oidPartner,
  sign_type: 'RSA',
  no_order: 'P20240501A0003',
  dt_order: '20240501093015',
  oid_paybill: '2024050100000001',
  money_order: '49.9',
  result_pay: 'SUCCESS',
  pay_type: 'D',
  card_no: '622202****1234',
}
const KEY = keyOf('payment', payment)
const body = JSON.stringify(withSign(payment, gateway.pkcs8Pem))

interface Gate {
  readonly opened: Promise<void>
  open(): void
}
function gate(): Gate {
  const { promise: opened, resolve: open } = deferred()
  return { opened, open }
}

const untyped = <T>(value: unknown): T => JSON.parse('0', () => value)

/** A receiver of payments, and what it was told. */
function receiver(changes: Partial<NotificationHandling<'payment'>> = {}) {
  const clock = manualClock()
  const seen = memorySeen({ clock })
  const delivered: string[] = []
  const errors: LLPayError[] = []
  const handle = handleNotifications(
    {
      kind: 'payment',
      oidPartner,
      seen,
      clock,
      async onNotification({ no_order }) {
        delivered.push(no_order)
      },
      onRefused: (error) => void errors.push(error),
      ...changes,
    },
    verifiers,
  )
  const post = async (text: string = body, headers: Record<string, string> = {}) =>
    handle(
      new Request('https://shop.example/notify', {
        method: 'POST',
        headers: { 'content-type': 'text/json;charset=utf-8', ...headers },
        body: text,
      }),
    )
  return {
    clock,
    seen,
    delivered,
    errors,
    handle,
    post,
    acknowledge: async (text?: string, headers?: Record<string, string>) => {
      const response = await post(text, headers)
      const said: unknown = await response.json()
      return said
    },
  }
}

const refused = { ret_code: '9999', ret_msg: 'refused' }

test('delivers a notification, and acknowledges it in the form that LianLian expects', async () => {
  const { post, delivered, errors, seen } = receiver()
  const response = await post()
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(await response.text()).toBe('{"ret_code":"0000","ret_msg":"ok"}')
  expect([delivered, errors]).toEqual([['P20240501A0003'], []])
  expect(await seen.claim(KEY, 1)).toEqual({ status: 'done' })
})

test('a repeat is acknowledged without delivery, however late it comes', async () => {
  const { acknowledge, delivered, clock } = receiver()
  expect(await acknowledge()).toEqual(DONE)
  clock.elapse(1e12)
  expect(await acknowledge()).toEqual(DONE)
  expect(delivered).toHaveLength(1)
})

test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('%s gets 405', async (method) => {
  const { handle, errors } = receiver()
  const response = await handle(new Request('https://shop.example/notify', { method }))
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  expect(errors).toEqual([])
})

test.each([
  ['an altered body', body.replace('49.9', '499'), 'notification.mismatch'],
  ['an empty body', '', 'notification.not-json'],
  ['a body of 1 MiB and more', ' '.repeat(1_048_577), 'notification.too-large'],
])('%s is neither delivered nor acknowledged', async (_, text, reason) => {
  const { acknowledge, delivered, errors, seen } = receiver()
  expect(await acknowledge(text)).toEqual(refused)
  expect([delivered, errors.map((error) => error.reason)]).toEqual([[], [reason]])
  expect(await seen.claim(KEY, 1)).toMatchObject({ status: 'new' })
})

test('a POST without any body is refused', async () => {
  const { handle, errors } = receiver()
  await handle(new Request('https://shop.example/notify', { method: 'POST' }))
  expect(errors[0]?.reason).toBe('notification.not-json')
})

test('a stream without end is read no further than the cap', async () => {
  const { handle, errors } = receiver()
  const cancelled = gate()
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
    cancel: () => cancelled.open(),
  })
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: endless, duplex: 'half' }
  await handle(new Request('https://shop.example/notify', init))
  await cancelled.opened
  expect(errors[0]?.reason).toBe('notification.too-large')
})

test('a body that ends early is named as that', async () => {
  const { handle, errors } = receiver()
  const broken = new ReadableStream({ start: (controller) => controller.error(new Error('reset')) })
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: broken, duplex: 'half' }
  const response = await handle(new Request('https://shop.example/notify', init))
  expect([response.status, errors[0]?.reason]).toEqual([200, 'notification.cut-off'])
})

test('a body that a parser has read is named as that, with the line to move', async () => {
  const { handle, errors } = receiver()
  const request = new Request('https://shop.example/notify', { method: 'POST', body })
  await request.json()
  const response = await handle(request)
  expect([response.status, errors[0]?.reason]).toEqual([200, 'notification.body-consumed'])
  expect(errors[0]?.hint).toContain('above app.use(express.json())')
})

test('a body that somebody else is reading is named as that, too', async () => {
  const { handle, errors } = receiver()
  const request = new Request('https://shop.example/notify', { method: 'POST', body })
  request.body?.getReader()
  await handle(request)
  expect(errors[0]?.reason).toBe('notification.body-consumed')
})

const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }
const form = (members: Readonly<Record<string, string>>) => new URLSearchParams(members).toString()
const signedForm = form({ ...withSign(payment, gateway.pkcs8Pem), empty: '' })

test('forms are read only when asked for', async () => {
  const strict = receiver()
  expect(await strict.acknowledge(signedForm, FORM)).toEqual(refused)
  expect(strict.errors[0]).toMatchObject({
    reason: 'notification.form',
    hint: expect.stringContaining('form: true'),
  })
  const lenient = receiver({ form: true })
  expect(await lenient.acknowledge(signedForm, FORM)).toEqual(DONE)
  expect(lenient.delivered).toHaveLength(1)
  expect(await receiver({ form: true }).acknowledge()).toEqual(DONE)
})

test.each([
  ['a member twice', `${signedForm}&no_order=1`, 'notification.duplicate-member'],
  ['GBK', `${signedForm}&info_order=%D6%D0`, 'notification.form-encoding'],
  ['an altered amount', signedForm.replace('49.9', '499'), 'notification.mismatch'],
])('a form with %s is refused', async (_, text, reason) => {
  const { acknowledge, errors } = receiver({ form: true })
  expect(await acknowledge(text, FORM)).toEqual(refused)
  expect(errors[0]?.reason).toBe(reason)
})

test('a copy that arrives while the first is in work is not acknowledged', async () => {
  const work = gate()
  const begun = gate()
  const delivered: string[] = []
  const { acknowledge, errors } = receiver({
    async onNotification({ no_order }) {
      delivered.push(no_order)
      begun.open()
      await work.opened
    },
  })
  const first = acknowledge()
  await begun.opened
  expect(await acknowledge()).toEqual({ ret_code: '9999', ret_msg: 'in work' })
  work.open()
  expect(await first).toEqual(DONE)
  expect(await acknowledge()).toEqual(DONE)
  expect([delivered, errors]).toEqual([['P20240501A0003'], []])
})

test('behind the deadline the response is 9999, the work goes on, and the next repeat finds it done', async () => {
  const work = gate()
  const begun = gate()
  const { handle, clock, acknowledge, delivered } = receiver({
    async onNotification() {
      begun.open()
      await work.opened
    },
  })
  const kept: Promise<unknown>[] = []
  const request = new Request('https://shop.example/notify', { method: 'POST', body })
  const response = handle(request, { waitUntil: (promise) => void kept.push(promise) })
  await begun.opened
  clock.elapse(4_499)
  clock.elapse(1)
  expect(await (await response).json()).toEqual({ ret_code: '9999', ret_msg: 'not done yet' })
  work.open()
  await Promise.all(kept)
  expect(kept).toHaveLength(1)
  expect(await acknowledge()).toEqual(DONE)
  expect(delivered).toEqual([])
})

test('the deadline counts while the body is read', async () => {
  const { handle, clock } = receiver({ deadlineMs: 100 })
  const silent = new ReadableStream()
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: silent, duplex: 'half' }
  const response = handle(new Request('https://shop.example/notify', init))
  clock.elapse(100)
  expect(await (await response).json()).toMatchObject({ ret_code: '9999' })
})

test('no timer is left behind', async () => {
  vi.useFakeTimers()
  try {
    const { clock: _, ...options } = { clock: undefined }
    const { handle } = receiver({ ...options, clock: undefined, seen: memorySeen() })
    await handle(new Request('https://shop.example/notify', { method: 'POST', body }))
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})

test('what onNotification throws is reported, and the next repeat is delivered at once', async () => {
  let tries = 0
  const { acknowledge, errors } = receiver({
    async onNotification() {
      tries += 1
      if (tries === 1) throw new TypeError('622202****1234 is not a card')
    },
  })
  expect(await acknowledge()).toEqual(refused)
  expect(errors[0]).toMatchObject({
    code: 'ERR_CALLBACK',
    reason: 'notification.callback-failed',
    delivered: 'no',
    cause: { message: 'TypeError' },
  })
  expect(await acknowledge()).toEqual(DONE)
  expect(tries).toBe(2)
})

test('a worker whose lease was lost acknowledges nothing, and cannot end the other’s delivery', async () => {
  const [first, second, begunFirst, begunSecond] = [gate(), gate(), gate(), gate()]
  const gates = [
    [begunFirst, first],
    [begunSecond, second],
  ] as const
  let calls = 0
  const { acknowledge, clock, errors, seen } = receiver({
    deadlineMs: 1_000_000,
    leaseMs: 1_000,
    async onNotification() {
      const mine = gates[calls]
      calls += 1
      mine?.[0].open()
      await mine?.[1].opened
    },
  })
  const slow = acknowledge()
  await begunFirst.opened
  clock.elapse(1_000)
  const other = acknowledge()
  await begunSecond.opened
  first.open()
  expect(await slow).toEqual(refused)
  expect(errors.map(({ reason }) => reason)).toEqual(['notification.lease-lost'])
  expect(await seen.claim(KEY, 1)).toEqual({ status: 'busy' })
  second.open()
  expect(await other).toEqual(DONE)
  expect(calls).toBe(2)
})

test('a lease holds 110 s by default: less than the two minutes to the next repeat', async () => {
  const leases: number[] = []
  const seen: SeenStore = {
    ...memorySeen(),
    async claim(_, leaseMs) {
      leases.push(leaseMs)
      return { status: 'done' }
    },
  }
  await receiver({ seen }).acknowledge()
  await receiver({ seen, leaseMs: 5 }).acknowledge()
  expect(leases).toEqual([110_000, 5])
})

const failing = (name: keyof SeenStore): SeenStore => ({
  ...memorySeen(),
  [name]: () => Promise.reject(new Error('ECONNREFUSED 10.0.0.1')),
})

test.each([
  ['claim', 'notification.claim-failed', 0],
  ['done', 'notification.done-failed', 1],
] as const)('a store whose %s fails is 9999', async (name, reason, count) => {
  const { acknowledge, delivered, errors } = receiver({ seen: failing(name) })
  expect(await acknowledge()).toEqual(refused)
  expect(errors.map((error) => [error.code, error.reason])).toEqual([['ERR_CALLBACK', reason]])
  expect(JSON.stringify(errors)).not.toContain('10.0.0.1')
  expect(delivered).toHaveLength(count)
})

test('a store that throws before it returns a promise is 9999, too', async () => {
  const seen: SeenStore = {
    ...memorySeen(),
    claim() {
      throw new Error('closed')
    },
  }
  expect(await receiver({ seen }).acknowledge()).toEqual(refused)
})

test('a claim that cannot be given back changes nothing: the lease ends by itself', async () => {
  const { acknowledge, errors } = receiver({
    seen: failing('release'),
    onNotification: () => Promise.reject(new Error('x')),
  })
  expect(await acknowledge()).toEqual(refused)
  expect(errors.map(({ reason }) => reason)).toEqual(['notification.callback-failed'])
})

test('a store whose release throws at once hides nothing', async () => {
  const seen: SeenStore = {
    ...memorySeen(),
    release() {
      throw new Error('closed')
    },
  }
  const { acknowledge, errors } = receiver({
    seen,
    onNotification: () => Promise.reject(new Error('x')),
  })
  expect(await acknowledge()).toEqual(refused)
  expect(errors.map(({ reason }) => reason)).toEqual(['notification.callback-failed'])
})

const expecting = (record: ExpectedRecord | undefined) => receiver({ expect: async () => record })

test.each(['49.9', '49.90', '49.90000000', '0049.9'])('a record of %s fits', async (money) => {
  const { acknowledge, delivered } = expecting({ money })
  expect(await acknowledge()).toEqual(DONE)
  expect(delivered).toHaveLength(1)
})

test.each([
  ['no record', undefined, 'notification.no-record'],
  ['another amount', { money: '49.91' }, 'notification.other-money'],
  ['cents in place of yuan', { money: '4990' }, 'notification.other-money'],
  ['an amount that is not one', { money: '¥49.9' }, 'notification.expect-failed'],
  ['an empty amount', { money: '' }, 'notification.expect-failed'],
] as const)('%s: not delivered, not acknowledged, and claimed again', async (_, record, reason) => {
  const { acknowledge, delivered, errors, seen } = expecting(record)
  expect(await acknowledge()).toEqual(refused)
  expect(errors.map((error) => error.reason)).toEqual([reason])
  expect(delivered).toEqual([])
  expect(await seen.claim(KEY, 1)).toMatchObject({ status: 'new' })
})

test('null counts as no record, too', async () => {
  const { acknowledge, errors } = receiver({ expect: async () => untyped(null) })
  expect(await acknowledge()).toEqual(refused)
  expect(errors[0]?.reason).toBe('notification.no-record')
})

test('what expect throws is reported', async () => {
  const { acknowledge, errors } = receiver({ expect: () => Promise.reject(new Error('db')) })
  expect(await acknowledge()).toEqual(refused)
  expect(errors[0]).toMatchObject({ code: 'ERR_CALLBACK', reason: 'notification.expect-failed' })
})

test('a payment without product and bank is delivered for an order that expect finds', async () => {
  const { pay_type: _, ...bare } = payment
  const text = JSON.stringify(withSign(bare, gateway.pkcs8Pem))
  expect(await receiver().acknowledge(text)).toEqual(refused)
  expect(await expecting(undefined).acknowledge(text)).toEqual(refused)
  expect(await expecting({ money: '49.9' }).acknowledge(text)).toEqual(DONE)
})

const exchange = { ...payment, currency_order: 'USD' }

test.each([
  ['USD', DONE],
  [undefined, DONE],
  ['CNY', refused],
])('an exchange in USD for a record in %s', async (currency, expected) => {
  const handle = handleNotifications(
    {
      kind: 'exchange',
      oidPartner,
      seen: memorySeen(),
      onNotification: async () => {},
      expect: async () => ({ money: '49.90', currency }),
    },
    verifiers,
  )
  const text = JSON.stringify(withSign(exchange, gateway.pkcs8Pem))
  const response = await handle(
    new Request('https://shop.example/notify', { method: 'POST', body: text }),
  )
  expect(await response.json()).toEqual(expected)
})

test('an amount of LianLian’s that is not one does not fit any record', async () => {
  const text = JSON.stringify(withSign({ ...payment, money_order: '1,000' }, gateway.pkcs8Pem))
  const { acknowledge, errors } = expecting({ money: '1000' })
  expect(await acknowledge(text)).toEqual(refused)
  expect(errors[0]?.reason).toBe('notification.other-money')
})

test('a binding has no amount: its record only has to exist', async () => {
  const bind = {
    oid_partner: oidPartner,
    no_order: 'B1',
    result_sign: 'SUCCESS',
    no_agree: '2014031710002121',
  }
  const text = JSON.stringify(withSign(bind, gateway.pkcs8Pem))
  const answers: unknown[] = []
  for (const record of [{ money: '0' }, { money: '' }, undefined]) {
    const handle = handleNotifications(
      {
        kind: 'bind',
        oidPartner,
        seen: memorySeen(),
        onNotification: async () => {},
        expect: async () => record,
      },
      verifiers,
    )
    const request = new Request('https://shop.example/notify', { method: 'POST', body: text })
    answers.push(await (await handle(request)).json())
  }
  expect(answers).toEqual([DONE, DONE, refused])
})

test('an onRefused that throws changes nothing', async () => {
  const onRefused = vi.fn<() => void>(() => {
    throw new Error('x')
  })
  expect(await receiver({ onRefused }).acknowledge('{}')).toEqual(refused)
  expect(onRefused).toHaveBeenCalledOnce()
})

test('an onRefused that rejects later is not an unhandled rejection', async () => {
  const onRefused = vi.fn<() => never>()
  onRefused.mockImplementation(() => untyped(Promise.reject(new Error('x'))))
  expect(await receiver({ onRefused }).acknowledge('{}')).toEqual(refused)
})

test('errors have no value of a notification, and no card data', async () => {
  const texts = [
    body.replace('49.9', '499'),
    body.replace('"RSA"', '"MD5"'),
    JSON.stringify(payment),
    JSON.stringify(withSign({ ...payment, oid_partner: '1' }, gateway.pkcs8Pem)),
    JSON.stringify(withSign({ ...payment, result_pay: 'FAILURE' }, gateway.pkcs8Pem)),
  ]
  const { acknowledge, errors } = receiver({ expect: async () => undefined })
  for (const text of [...texts, body]) await acknowledge(text)
  const said = errors.map((error) => `${String(error)} ${error.stack} ${JSON.stringify(error)}`)
  expect(said).toHaveLength(6)
  const values = Object.values(payment).filter((value) => value.length > 4)
  expect(values.filter((value) => said.join('\n').includes(value))).toEqual([])
})
