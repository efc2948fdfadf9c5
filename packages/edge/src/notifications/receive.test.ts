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

test('a key that cannot be read is refused when the handler is created', () => {
  expect(() => createNotificationHandler({ ...good, gatewayPublicKey: gateway.pkcs8Pem })).toThrow(
    expect.objectContaining({ code: 'ERR_KEY_WRONG_KIND' }),
  )
  expect(() => createNotificationHandler({ ...good, gatewayPublicKey: [] })).toThrow(
    expect.objectContaining({ code: 'ERR_CONFIG_MISSING', reason: 'config.key-missing' }),
  )
})
