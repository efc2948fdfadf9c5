import { createPublicKey, verify } from 'node:crypto'

import { vectorKey } from '@internal/vectors'
import { expect, test } from 'vitest'

import { makeReplies } from './replies.ts'

const KEY = 'k2048'
const MINUTE = 60_000
const LIFE_SECONDS = 300

test('a reply of WeChat Pay is never older than it may be, and is signed with its own time', () => {
  let now = Date.UTC(2026, 0, 1)
  const reply = makeReplies([KEY], () => now).get(`${KEY}/wechat`)
  for (let minute = 0; minute < 20; minute += 1) {
    const { headers = {}, body = '' } = reply?.() ?? {}
    const timestamp = headers['wechatpay-timestamp'] ?? ''
    expect(now / 1000 - Number(timestamp)).toBeLessThan(LIFE_SECONDS)
    const text = `${timestamp}\n${headers['wechatpay-nonce']}\n${String(body)}\n`
    const signature = Buffer.from(headers['wechatpay-signature'] ?? '', 'base64')
    const key = createPublicKey(vectorKey(KEY).spkiPem)
    expect(verify('RSA-SHA256', Buffer.from(text), key, signature)).toBe(true)
    now += MINUTE
  }
})

test('a reply is made once as long as it is fresh', () => {
  const reply = makeReplies([KEY], () => 0).get(`${KEY}/lianlian`)
  expect(reply?.()).toBe(reply?.())
})
