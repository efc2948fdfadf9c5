import { createHash, createPrivateKey, randomUUID, sign } from 'node:crypto'

import { withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'

/** What the gateway replies to a path: made beforehand, so that replying costs it next to nothing. */
export interface PreparedReply {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** The serial number by which the peer for WeChat Pay knows the gateway's key. */
export const WECHAT_SERIAL = 'PUB_KEY_ID_0000000000000000000000000001'

const JSON_TYPE = { 'content-type': 'application/json' }
const prepared = (body: string, headers: Record<string, string> = {}): PreparedReply => ({
  headers: { ...JSON_TYPE, ...headers },
  body: Buffer.from(body),
})

/** LianLian's signed success. */
function lianlian(pem: string): PreparedReply {
  const members = { ret_code: '0000', ret_msg: '交易成功', sign_type: 'RSA' }
  return prepared(JSON.stringify(withSign(members, pem)))
}

/** Alipay signs the text of one member of its reply. */
function alipay(pem: string): PreparedReply {
  const inner = JSON.stringify({ code: '10000', msg: 'Success', trade_no: '2014031710002121' })
  const signature = sign('RSA-SHA256', Buffer.from(inner), pem).toString('base64')
  return prepared(`{"alipay_trade_query_response":${inner},"sign":"${signature}"}`)
}

/** WeChat Pay signs time, nonce and body, in headers; a reply is good for five minutes. */
function wechat(pem: string, now: () => number): PreparedReply {
  const body = JSON.stringify({ prepay_id: '2014031710002121' })
  const timestamp = String(Math.floor(now() / 1000))
  const nonce = createHash('sha256').update(randomUUID()).digest('hex').slice(0, 32)
  const signature = sign('RSA-SHA256', Buffer.from(`${timestamp}\n${nonce}\n${body}\n`), pem)
  return prepared(body, {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': WECHAT_SERIAL,
    'wechatpay-signature': signature.toString('base64'),
    'request-id': nonce,
  })
}

const stripe = () => prepared('{"id":"pm_1","object":"payment_method","type":"card"}')

const MAKERS: Readonly<Record<string, (pem: string, now: () => number) => PreparedReply>> = {
  lianlian,
  alipay,
  wechat,
  stripe,
}

/** How long a reply is sent before it is signed again: those of WeChat Pay expire. */
const FRESH_MS = 60_000

/** Makes a reply, and makes it again when it has become old. */
function keepFresh(make: () => PreparedReply, now: () => number): () => PreparedReply {
  let made = { reply: make(), at: now() }
  return () => {
    if (now() - made.at > FRESH_MS) made = { reply: make(), at: now() }
    return made.reply
  }
}

/** Every reply, by the first two parts of its path: `k2048/lianlian`. */
export function makeReplies(
  keys: readonly string[],
  now: () => number = Date.now,
): ReadonlyMap<string, () => PreparedReply> {
  return new Map(
    keys.flatMap((key) => {
      const pem = createPrivateKey(vectorKey(key).pkcs8Pem)
        .export({ type: 'pkcs8', format: 'pem' })
        .toString()
      return Object.entries(MAKERS).map(
        ([name, make]) => [`${key}/${name}`, keepFresh(() => make(pem, now), now)] as const,
      )
    }),
  )
}
