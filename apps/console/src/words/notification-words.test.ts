import { NOTIFICATIONS } from '@llpay/core/notifications'
import { createSandbox, createTestClock, NOTIFICATION_FAULTS, type SendLike } from '@llpay/sandbox'
import { sandboxInChinese } from '@llpay/sandbox/chinese'
import { expect, test } from 'vitest'

import { FAULTS, KINDS } from './notification-words.ts'

/** Why the sandbox holds a delivery to be unacknowledged. */
async function errorOf(send: SendLike, clock = createTestClock()): Promise<string> {
  const sandbox = createSandbox({
    gatewaySigner: { algorithm: 'MD5withRSA', sign: async () => Uint8Array.of(1) },
    partners: [
      {
        oidPartner: '201304121000001004',
        verifier: { algorithm: 'MD5withRSA', verify: async () => true },
      },
    ],
    clock,
    send,
  })
  const notification = await sandbox.notifications.send({
    kind: 'bind',
    url: 'http://127.0.0.1/',
    repeat: false,
  })
  return notification.deliveries[0]?.error ?? ''
}

const reply =
  (text: string, status = 200): SendLike =>
  async () =>
    new Response(text, { status })

const failing =
  (cause: unknown): SendLike =>
  async () => {
    throw new TypeError('fetch failed', { cause })
  }

test.each<[string, SendLike, string]>([
  ['a status', reply('', 503), 'HTTP 状态为 503，只有 200 才算确认。'],
  ['a page', reply('<html>'), '响应不是 JSON。'],
  ['no code', reply('{}'), '响应中没有文本形式的 ret_code。'],
  ['another code', reply('{"ret_code":"9999"}'), '响应的 ret_code 不是 0000。'],
  ['no server', failing({ code: 'ECONNREFUSED' }), '该地址没有服务在监听（ECONNREFUSED）。'],
  ['an unknown host', failing({ code: 'ENOTFOUND' }), '无法解析主机名（ENOTFOUND）。'],
  ['a closed connection', failing({ code: 'ECONNRESET' }), '连接被关闭，没有响应（ECONNRESET）。'],
  ['a certificate', failing({ code: 'CERT_HAS_EXPIRED' }), '证书不受信任（CERT_HAS_EXPIRED）。'],
  ['a forbidden port', failing({ message: 'bad port' }), 'fetch 不连接此端口。'],
  ['a failure with a code', failing({ code: 'EPIPE' }), '未能投递（EPIPE）。'],
  ['an unknown failure', failing(undefined), '未能投递。'],
])('says in Chinese what the sandbox says of %s', async (_, send, expected) => {
  expect(sandboxInChinese(await errorOf(send))).toBe(expected)
})

test('says in Chinese that no response came in time', async () => {
  const clock = createTestClock()
  const silent: SendLike = () => {
    queueMicrotask(() => clock.elapse(5_000))
    return new Promise(() => {})
  }
  expect(sandboxInChinese(await errorOf(silent, clock))).toBe('5 秒内没有响应。')
})

test('offers every kind and every fault', () => {
  expect(KINDS.toSorted()).toEqual(Object.keys(NOTIFICATIONS).toSorted())
  expect(FAULTS.toSorted()).toEqual(Object.keys(NOTIFICATION_FAULTS).toSorted())
})
