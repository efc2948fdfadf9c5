import { withSign } from '@internal/testkit/signing'
import { loadGatewayMessages, vectorKey } from '@internal/vectors'
import { expect, test } from 'vitest'

import { createNotificationHandler, memorySeen, verifyNotification } from '../index.ts'

const gateway = vectorKey('k1024')
const oidPartner = '201304121000001004'
const payment = {
  oid_partner: oidPartner,
  no_order: 'P1',
  dt_order: '20240501093015',
  oid_paybill: '2024050100000001',
  money_order: '49.9',
  result_pay: 'SUCCESS',
  pay_type: 'D',
}
const body = JSON.stringify(withSign(payment, gateway.pkcs8Pem))
const keys = { kind: 'payment', oidPartner, gatewayPublicKey: gateway.spkiPem } as const
const good = { ...keys, seen: memorySeen(), onNotification: async () => {} }

test('verifies what LianLian signed, with the key as the console shows it', async () => {
  const { messages, gatewayPublicKey } = loadGatewayMessages()
  const real = messages.find(({ api }) => api === 'notification:payment')
  const notification = await verifyNotification(real?.body ?? '', {
    kind: 'payment',
    oidPartner: '201701051001392503',
    gatewayPublicKey,
  })
  expect(notification.no_order).toBe('SO1801110000000046')
})

test('takes several keys while LianLian’s rotates', async () => {
  const rotating = { ...keys, gatewayPublicKey: [vectorKey('k2048').spkiPem, gateway.spkiPem] }
  expect((await verifyNotification(body, rotating)).money_order).toBe('49.9')
  await expect(
    verifyNotification(body, { ...keys, gatewayPublicKey: vectorKey('k2048').spkiPem }),
  ).rejects.toMatchObject({ code: 'ERR_SIGNATURE_INVALID' })
})

test('a handler delivers and acknowledges', async () => {
  const orders: string[] = []
  const handle = createNotificationHandler({
    ...good,
    async onNotification({ no_order }) {
      orders.push(no_order)
    },
  })
  const request = new Request('http://localhost/', { method: 'POST', body })
  expect(await (await handle(request)).json()).toEqual({ ret_code: '0000', ret_msg: 'ok' })
  expect(orders).toEqual(['P1'])
})

const untyped = (changes: object): typeof good => Object.assign({}, good, changes)

test.each<[object, string, string]>([
  [{ kind: undefined }, 'ERR_CONFIG_MISSING', 'notification.kind'],
  [{ kind: 'paymnet' }, 'ERR_CONFIG_INVALID', 'notification.kind'],
  [{ kind: 'toString' }, 'ERR_CONFIG_INVALID', 'notification.kind'],
  [{ kind: ['payment'] }, 'ERR_CONFIG_INVALID', 'notification.kind'],
  [{ oidPartner: undefined }, 'ERR_CONFIG_MISSING', 'config.oid-partner'],
  [{ oidPartner: '1' }, 'ERR_CONFIG_INVALID', 'config.oid-partner'],
  [{ gatewayPublicKey: undefined }, 'ERR_CONFIG_MISSING', 'config.key-missing'],
  [{ gatewayPublicKey: [] }, 'ERR_CONFIG_MISSING', 'config.key-missing'],
  [{ seen: undefined }, 'ERR_CONFIG_MISSING', 'notification.seen'],
  [{ seen: new Map() }, 'ERR_CONFIG_INVALID', 'notification.seen'],
  [{ onNotification: undefined }, 'ERR_CONFIG_MISSING', 'notification.callback-missing'],
  [{ onNotification: 'x' }, 'ERR_CONFIG_INVALID', 'config.function'],
  [{ onRefused: 'x' }, 'ERR_CONFIG_INVALID', 'config.function'],
  [{ expect: {} }, 'ERR_CONFIG_INVALID', 'config.function'],
  [{ leaseMs: 0 }, 'ERR_CONFIG_INVALID', 'notification.ms'],
  [{ leaseMs: 1.5 }, 'ERR_CONFIG_INVALID', 'notification.ms'],
  [{ deadlineMs: '4500' }, 'ERR_CONFIG_INVALID', 'notification.ms'],
  [{ deadlineMs: Infinity }, 'ERR_CONFIG_INVALID', 'notification.ms'],
  [{ clock: {} }, 'ERR_CONFIG_INVALID', 'config.clock'],
  [{ form: 'yes' }, 'ERR_CONFIG_INVALID', 'notification.form-option'],
  [{ onnotification: 1 }, 'ERR_CONFIG_UNKNOWN_OPTION', 'config.unknown-option'],
])('a handler with %o is refused when it is created', (changes, code, reason) => {
  expect(() => createNotificationHandler(untyped(changes))).toThrow(
    expect.objectContaining({ code, reason }),
  )
})

test('the merchant’s private key in place of LianLian’s key is named', () => {
  const wrong = untyped({ gatewayPublicKey: gateway.pkcs8Pem })
  expect(() => createNotificationHandler(wrong)).toThrow(
    expect.objectContaining({ code: 'ERR_KEY_WRONG_KIND' }),
  )
})

const nothing: typeof good = JSON.parse('0', () => undefined)

test('a missing configuration is named', async () => {
  expect(() => createNotificationHandler(nothing)).toThrow(
    expect.objectContaining({ reason: 'notification.config-missing' }),
  )
  await expect(verifyNotification(body, nothing)).rejects.toMatchObject({
    reason: 'notification.config-missing',
  })
})
