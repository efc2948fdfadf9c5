import {
  compareMoney,
  createNotificationHandler,
  memorySeen,
  verifyNotification,
  type LLPayError,
} from '@llpay/edge'

import { expectEqual, expectTrue, failureOf, type Case } from '../case.ts'
import { data, toUtf8 } from '../data.ts'

const ORDER = 'SO1801110000000046'
const DONE = { ret_code: '0000', ret_msg: 'ok' }

/** The notification that LianLian signed in 2018, and what verifies it. */
function lianLians() {
  const { messages, gatewayPublicKey } = data().messages
  const body = messages.find(({ api }) => api === 'notification:payment')?.body ?? ''
  return { body, kind: 'payment', oidPartner: '201701051001392503', gatewayPublicKey } as const
}

async function verifiesLianLians(): Promise<void> {
  const { body, ...keys } = lianLians()
  for (const raw of [body, toUtf8(body), `\ufeff${body}`]) {
    const notification = await verifyNotification(raw, keys)
    expectEqual([notification.no_order, notification.money_order], [ORDER, '0.01'], 'members')
  }
  const altered = await failureOf(verifyNotification(body.replace('0.01', '1.00'), keys))
  expectEqual(altered.code, 'ERR_SIGNATURE_INVALID', 'an altered amount')
  const other = await failureOf(verifyNotification(body, { ...keys, kind: 'refund' }))
  expectEqual(other.code, 'ERR_REPLY_MISMATCH', 'another kind')
  expectEqual(compareMoney('0.01', '0.010'), 0, 'the amount')
}

async function deliversOnce(): Promise<void> {
  const { body, ...keys } = lianLians()
  const delivered: string[] = []
  const refused: LLPayError[] = []
  const handle = createNotificationHandler({
    ...keys,
    seen: memorySeen(),
    expect: async () => ({ money: '0.010' }),
    async onNotification({ no_order }) {
      delivered.push(no_order)
    },
    onRefused: (error) => void refused.push(error),
  })
  const kept: Promise<unknown>[] = []
  const post = async (text: string) => {
    const headers = { 'content-type': 'text/json;charset=utf-8' }
    const request = new Request('http://localhost/notify', { method: 'POST', headers, body: text })
    const response = await handle(request, { waitUntil: (work) => void kept.push(work) })
    expectEqual(response.status, 200, 'the status')
    const said: { ret_code: string } = JSON.parse(await response.text())
    return said
  }
  expectEqual(await post(body), DONE, 'the first delivery')
  expectEqual(await post(body), DONE, 'a repeat')
  expectEqual((await post(body.replace('0.01', '1.00'))).ret_code, '9999', 'an altered one')
  expectEqual((await post('')).ret_code, '9999', 'nothing')
  expectEqual(delivered, [ORDER], 'what was delivered')
  expectEqual(
    refused.map(({ code }) => code),
    ['ERR_SIGNATURE_INVALID', 'ERR_REPLY_NOT_JSON'],
    'what was refused',
  )
  const wrongMethod = await handle(new Request('http://localhost/notify'))
  expectEqual(wrongMethod.status, 405, 'a GET')
  await Promise.all(kept)
  expectTrue(kept.length === 4, 'waitUntil was not called for every POST')
}

/** Notifications, with whatever verifies here. */
export const notificationCases = (): Case[] => [
  { name: "notifications: LianLian's own verifies, altered it does not", run: verifiesLianLians },
  { name: 'notifications: delivered once, acknowledged again', run: deliversOnce },
]
