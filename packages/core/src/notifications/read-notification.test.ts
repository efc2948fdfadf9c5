import { plainSign, plainVerifier, withSign } from '@internal/testkit/signing'
import { loadGatewayMessages, vectorKey } from '@internal/vectors'
import { expect, test } from 'vitest'

import { NOTIFICATIONS, type NotificationKind } from './kinds.ts'
import { keyOf, readNotification } from './read-notification.ts'

const gateway = vectorKey('k1024')
const oidPartner = '201304121000001004'
const verifiers = [plainVerifier(gateway.spkiPem)]

const order = {
  oid_partner: oidPartner,
  sign_type: 'RSA',
  no_order: 'P20240501A0003',
  dt_order: '20240501093015',
  oid_paybill: '2024050100000001',
  money_order: '49.9',
}
const GOOD: Readonly<Record<NotificationKind, Readonly<Record<string, string>>>> = {
  payment: { ...order, result_pay: 'SUCCESS', pay_type: 'D', bank_code: '01020000' },
  payout: { ...order, result_pay: 'SUCCESS', info_order: 'wages' },
  exchange: { ...order, result_pay: 'SUCCESS', pay_type: 'D', currency_order: 'USD' },
  refund: {
    oid_partner: oidPartner,
    sign_type: 'RSA',
    no_refund: 'R1',
    oid_refundno: '2024050200000001',
    money_refund: '10.00',
    sta_refund: '2',
  },
  bind: {
    oid_partner: oidPartner,
    sign_type: 'RSA',
    no_order: 'B1',
    dt_order: '20240501093015',
    result_sign: 'SUCCESS',
    no_agree: '2014031710002121',
    card_no: '622202****1234',
  },
}
const KINDS: readonly NotificationKind[] = ['payment', 'refund', 'payout', 'bind', 'exchange']

const text = JSON.stringify
const signed = (members: Readonly<Record<string, string>>) => withSign(members, gateway.pkcs8Pem)
const without = (members: Readonly<Record<string, string>>, name: string) =>
  Object.fromEntries(Object.entries(members).filter(([each]) => each !== name))
const read = (kind: NotificationKind, body: string | Uint8Array, hasRecords = false) =>
  readNotification(body, { kind, oidPartner, verifiers, hasRecords })
const refusal = (kind: NotificationKind, body: string | Uint8Array) =>
  read(kind, body).then(
    () => 'accepted',
    (error: unknown) => error,
  )

test('a notification that LianLian signed in 2018 verifies with its key', async () => {
  const { messages, gatewayPublicKey } = loadGatewayMessages()
  const real = messages.find(({ id }) => id === 'payment-notification-2018-D')
  const notification = await readNotification(Buffer.from(real?.body ?? ''), {
    kind: 'payment',
    oidPartner: '201701051001392503',
    verifiers: [
      plainVerifier(`-----BEGIN PUBLIC KEY-----\n${gatewayPublicKey}\n-----END PUBLIC KEY-----`),
    ],
  })
  expect(notification).toMatchObject({ money_order: '0.01', pay_type: 'D', result_pay: 'SUCCESS' })
})

test.each(KINDS)('%s: its members come back as text, as they were signed', async (kind) => {
  const members = GOOD[kind]
  expect({ ...(await read(kind, text(signed(members)))) }).toEqual(members)
  const more = { ...members, correlationID: 'x=1', note: '转账 😀' }
  expect({ ...(await read(kind, Buffer.from(text(signed(more))))) }).toEqual(more)
})

const PAIRS = KINDS.flatMap((kind) => KINDS.map((route) => [kind, route] as const)).filter(
  ([kind, route]) => kind !== route,
)

test.each(PAIRS)('a %s is refused on the route of %s', async (kind, route) => {
  expect(await refusal(route, text(signed(GOOD[kind])))).toMatchObject({
    code: 'ERR_REPLY_MISMATCH',
    reason: 'notification.wrong-kind',
  })
})

const { payment, payout, refund, bind, exchange } = GOOD
const noProduct = without(payment, 'pay_type')
const bare = without(noProduct, 'bank_code')

test.each<[string, NotificationKind, Readonly<Record<string, string>>]>([
  ['a payment of an unknown product', 'payment', { ...payment, pay_type: 'QQ' }],
  ['a payment that names its bank only', 'payment', noProduct],
  ['a payout that failed', 'payout', { ...payout, result_pay: 'FAILURE' }],
  ['a payout that was returned', 'payout', { ...payout, result_pay: 'CANCEL' }],
  ['a payout in an unknown state', 'payout', { ...payout, result_pay: 'PENDING' }],
  [
    'a failed payout with members of a payment',
    'payout',
    { ...payment, result_pay: 'FAILURE', currency_order: 'CNY' },
  ],
  ['a refund that failed', 'refund', { ...refund, sta_refund: '3' }],
  ['a refund without LianLian’s number', 'refund', without(refund, 'oid_refundno')],
  ['a refund without the merchant’s number', 'refund', without(refund, 'no_refund')],
  ['a refund without a state', 'refund', without(refund, 'sta_refund')],
  ['a refund with a ret_code', 'refund', { ...refund, ret_code: '0000', ret_msg: 'ok' }],
  ['a binding in an unknown state', 'bind', { ...bind, result_sign: 'PENDING' }],
  ['an exchange that is not final', 'exchange', { ...exchange, result_pay: 'PROCESSING' }],
  [
    'an exchange that shows by its rate',
    'exchange',
    { ...without(exchange, 'currency_order'), exchange_rate: '7' },
  ],
])('accepts %s', async (_, kind, members) => {
  expect({ ...(await read(kind, text(signed(members)))) }).toEqual(members)
})

test('a payment without product and bank needs the merchant’s own record', async () => {
  expect(await refusal('payment', text(signed(bare)))).toMatchObject({
    reason: 'notification.wrong-kind',
  })
  expect({ ...(await read('payment', text(signed(bare)), true)) }).toEqual(bare)
})

test.each<[string, NotificationKind, Readonly<Record<string, string>>]>([
  ['a payment that failed', 'payment', { ...payment, result_pay: 'FAILURE' }],
  ['a payment that was cancelled', 'payment', { ...payment, result_pay: 'CANCEL' }],
  ['a payment in an unknown state', 'payment', { ...payment, result_pay: 'PROCESSING' }],
  ['a payment with another case', 'payment', { ...payment, result_pay: 'success' }],
  ['a successful payout with a product', 'payout', { ...payout, pay_type: 'D' }],
  ['a successful payout with a bank', 'payout', { ...payout, bank_code: '01020000' }],
  ['a payment with a refund’s state', 'payment', { ...payment, sta_refund: '2' }],
  ['a payment with a currency', 'payment', { ...payment, currency_pay: 'USD' }],
  ['a payment with a binding’s result', 'payment', { ...payment, result_sign: 'SUCCESS' }],
])('refuses %s', async (_, kind, members) => {
  expect(await refusal(kind, text(signed(members)))).toMatchObject({
    code: 'ERR_REPLY_MISMATCH',
    reason: 'notification.wrong-kind',
  })
})

test('a payment without product is refused although its own record would be found, if it failed', async () => {
  const failed = text(signed({ ...bare, result_pay: 'FAILURE' }))
  await expect(read('payment', failed, true)).rejects.toMatchObject({
    reason: 'notification.wrong-kind',
  })
})

const required = KINDS.flatMap((kind) =>
  Object.entries(NOTIFICATIONS[kind].fields)
    .filter(([name, field]) => !('optional' in field) && name !== 'oid_partner')
    .map(([name]) => [kind, name] as const),
).filter(([, name]) => !['result_pay', 'result_sign'].includes(name))

test.each(required)('a %s without %s is refused', async (kind, name) => {
  const wrong = { code: 'ERR_REPLY_INVALID', reason: 'notification.wrong-form' }
  expect(await refusal(kind, text(signed(without(GOOD[kind], name))))).toMatchObject(wrong)
  const empty = { ...signed(without(GOOD[kind], name)), [name]: '' }
  expect(await refusal(kind, text(empty))).toMatchObject(wrong)
})

test('a refund without any number is refused: nothing tells its repeats apart', async () => {
  const nameless = without(without(refund, 'no_refund'), 'oid_refundno')
  expect(await refusal('refund', text(signed(nameless)))).toMatchObject({
    reason: 'notification.wrong-form',
  })
})

test.each([
  ['an amount as a number', '"money_order":49.9'],
  ['a result as true', '"money_order":true'],
])('refuses %s', async (_, member) => {
  const value = member.split(':')[1] ?? ''
  const members = { ...payment, money_order: value }
  const body = text(signed(members)).replace(`"money_order":"${value}"`, member)
  expect(await refusal('payment', body)).toMatchObject({ reason: 'notification.wrong-form' })
})

test('an unknown member that is a number passes, as its text', async () => {
  const body = text(signed({ ...payment, level: '1.50' })).replace('"1.50"', '1.50')
  expect(await read('payment', body)).toMatchObject({ level: '1.50' })
})

const good = signed(payment)
const sign = good['sign'] ?? ''
const gbk = Buffer.concat([
  Buffer.from('{"info_order":"'),
  Buffer.from([0xd6, 0xd0]),
  Buffer.from(text(good).replace('{', '",')),
])
const canonicalOf = (members: Readonly<Record<string, string>>) =>
  Object.entries(members)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

test.each<[string, string | Uint8Array, string]>([
  ['an amount that was altered', text({ ...good, money_order: '499' }), 'mismatch'],
  ['a member that was added', text({ ...good, a: '1' }), 'mismatch'],
  ['a bank that was taken away', text(without(good, 'bank_code')), 'mismatch'],
  ['another key', text(withSign(payment, vectorKey('k2048').pkcs8Pem)), 'mismatch'],
  ['no signature', text(payment), 'unsigned'],
  ['an empty signature', text({ ...payment, sign: '' }), 'unsigned'],
  ['a signature that is not base64', text({ ...payment, sign: `${sign} ` }), 'not-base64'],
  ['a signature that is a number', text({ ...payment, sign: 1 }), 'not-base64'],
  [
    'SHA256withRSA by its own word',
    text(signed({ ...payment, sign_type: 'SHA256withRSA' })),
    'wrong-sign-type',
  ],
  [
    'MD5 by its own word',
    text({ ...payment, sign_type: 'MD5', sign: '0'.repeat(32) }),
    'wrong-sign-type',
  ],
  [
    'another merchant',
    text(signed({ ...payment, oid_partner: '201304121000001005' })),
    'other-merchant',
  ],
  ['no merchant', text(signed(without(payment, 'oid_partner'))), 'other-merchant'],
  ['a member twice', text(good).replace('{', '{"no_order":"1",'), 'duplicate-member'],
  ['GBK', gbk, 'not-utf8'],
  ['half a character', text(good).replace('{', String.raw`{"a":"\ud83d",`), 'lone-surrogate'],
  ['a list', text([good]), 'not-an-object'],
  ['an object inside', text({ ...good, extra: { a: '1' } }), 'not-signable'],
  ['a name with a dash', text({ ...good, 'a-b': '1' }), 'member-name'],
  ['nesting without end', '['.repeat(50), 'too-deep'],
  ['an empty body', '', 'not-json'],
  ['a page', '<html>', 'not-json'],
  ['text behind the end', `${text(good)}{}`, 'not-json'],
  ['a form', new URLSearchParams(good).toString(), 'not-json'],
  ['more than 1 MiB', Buffer.alloc(1_048_577, ' '), 'too-large'],
  ['a text of more than 1 MiB', ' '.repeat(1_048_577), 'too-large'],
  [
    'a boundary that was moved',
    text({
      ...without(payment, 'pay_type'),
      no_order: 'P20240501A0003',
      oid_paybill: `${order.oid_paybill}&pay_type=D`,
      sign: plainSign(canonicalOf(payment), gateway.pkcs8Pem),
    }),
    'ambiguous',
  ],
])('%s: %s', async (_, body, reason) => {
  const error = await refusal('payment', body)
  expect(error).toMatchObject({ reason: `notification.${reason}`, delivered: 'no' })
  expect(JSON.stringify(error)).toContain('otification')
  expect(`${String(error)} ${JSON.stringify(error)}`).not.toMatch(/\breply\b/)
})

test('a signature with line ends, a byte order mark and 100 kB are accepted', async () => {
  const wrapped = { ...good, sign: sign.replace(/(.{64})/, '$1\r\n') }
  expect(await refusal('payment', text(wrapped))).toBe('accepted')
  expect(await refusal('payment', `\ufeff${text(good)}`)).toBe('accepted')
  expect(await refusal('payment', Buffer.from(`\ufeff${text(good)}`))).toBe('accepted')
  const long = signed({ ...payment, info_order: '中'.repeat(34_000) })
  expect(await refusal('payment', text(long))).toBe('accepted')
})

const parsed = (value: unknown): string => JSON.parse('0', () => value)

test.each([
  ['a parsed body', good],
  ['nothing', undefined],
  ['null', null],
  ['a buffer without a view', new ArrayBuffer(8)],
])('%s in place of bytes is named', async (_, body) => {
  expect(await refusal('payment', parsed(body))).toMatchObject({
    code: 'ERR_PARAMETER_INVALID',
    reason: 'notification.not-raw',
  })
})

test('a verifier that throws proves nothing', async () => {
  const broken = { algorithm: 'MD5withRSA' as const, verify: () => Promise.reject(new Error('x')) }
  await expect(
    readNotification(text(good), { kind: 'payment', oidPartner, verifiers: [broken] }),
  ).rejects.toMatchObject({ reason: 'notification.verifier-failed', cause: { message: 'Error' } })
})

test('one of several keys must accept it, while a key rotates', async () => {
  const other = plainVerifier(vectorKey('k2048').spkiPem)
  const rotating = { kind: 'payment', oidPartner, verifiers: [other, ...verifiers] } as const
  expect(await readNotification(text(good), rotating)).toMatchObject({ no_order: order.no_order })
})

test.each<[string, NotificationKind, Readonly<Record<string, string>>, string]>([
  ['a payment', 'payment', payment, `payment:${oidPartner}:2024050100000001:SUCCESS`],
  [
    'a payout',
    'payout',
    { ...payout, result_pay: 'CANCEL' },
    `payout:${oidPartner}:2024050100000001:CANCEL`,
  ],
  ['a refund', 'refund', refund, `refund:${oidPartner}:R1:2024050200000001:2`],
  [
    'a refund of few members',
    'refund',
    without(without(refund, 'sta_refund'), 'oid_refundno'),
    `refund:${oidPartner}:R1::`,
  ],
  ['a binding', 'bind', bind, `bind:${oidPartner}:B1:SUCCESS`],
  [
    'a number with colons',
    'bind',
    { ...bind, no_order: 'a:b%' },
    `bind:${oidPartner}:a%3Ab%25:SUCCESS`,
  ],
])('the key of %s', (_, kind, members, key) => {
  expect(keyOf(kind, members)).toBe(key)
})
