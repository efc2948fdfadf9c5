import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'

import { OID_PARTNER } from '@internal/testkit/merchant'
import { plainCanonical } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { createClient } from '@llpay/node'
import { AlipaySdk } from 'alipay-sdk'
import { Stripe } from 'stripe'
import { Agent, request } from 'undici'
import { Wechatpay } from 'wechatpay-axios-plugin'

import { WECHAT_SERIAL } from '../gateway/replies.ts'

/** A full call: sign, send, receive, verify, read. */
export type Call = () => Promise<unknown>

/** Where the gateway listens, and the keys of both sides. */
export interface Place {
  readonly port: number
  /** The id of the gateway's key. */
  readonly key: string
  /** The merchant's key, as PKCS#8 in PEM: another one, since llpay refuses its own. */
  readonly merchant: string
}

const CARD = { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }
const MEMBERS = { oid_partner: OID_PARTNER, ...CARD, sign_type: 'RSA' }
const HEADERS = { 'content-type': 'application/json;charset=utf-8' }

const lianlianUrl = ({ port, key }: Place) => `http://127.0.0.1:${port}/${key}/lianlian`

/** llpay as its README calls it, and no question asked of the list: one request per call. */
export function ours(place: Place): Call {
  const client = createClient({
    oidPartner: OID_PARTNER,
    privateKey: place.merchant,
    gatewayPublicKey: vectorKey(place.key).spkiPem,
    baseUrl: lianlianUrl(place),
    settle: 'never',
  })
  return () => client.card.unbind(CARD)
}

function readAnswer(text: string, key: ReturnType<typeof createPublicKey>): unknown {
  const { sign: signature, ...members }: Record<string, string> = JSON.parse(text)
  const isTrue = verify(
    'md5',
    Buffer.from(plainCanonical(members)),
    key,
    Buffer.from(signature ?? '', 'base64'),
  )
  if (!isTrue) throw new Error('not verified')
  return members
}

function bareCall(place: Place, reset: boolean): Call {
  const privateKey = createPrivateKey(place.merchant)
  const publicKey = createPublicKey(vectorKey(place.key).spkiPem)
  const url = `${lianlianUrl(place)}/bankcardunbind.htm`
  const dispatcher = new Agent({ connections: 256 })
  return async () => {
    const signature = sign('md5', Buffer.from(plainCanonical(MEMBERS)), privateKey)
    const body = JSON.stringify({ ...MEMBERS, sign: signature.toString('base64') })
    const answer = await request(url, { method: 'POST', headers: HEADERS, body, dispatcher, reset })
    return readAnswer(await answer.body.text(), publicKey)
  }
}

/**
 * What nothing can do without: RSA with cached keys, and undici's own request on a connection that
 * carries nothing else, as llpay sends it.
 */
export const limit = (place: Place): Call => bareCall(place, true)

/** The same on kept-alive connections: the difference is what a dedicated connection costs. */
export const keptAlive = (place: Place): Call => bareCall(place, false)

/** Of a call, the signature and the verification alone. */
export function rsaAlone({ key, merchant }: Place): Call {
  const privateKey = createPrivateKey(merchant)
  const publicKey = createPublicKey(vectorKey(key).spkiPem)
  const message = Buffer.from(plainCanonical(MEMBERS))
  const theirs = sign('md5', message, createPrivateKey(vectorKey(key).pkcs8Pem))
  return async () => {
    sign('md5', message, privateKey)
    return verify('md5', message, publicKey, theirs)
  }
}

/** What somebody writes by hand. */
export function plainFetch(place: Place): Call {
  const privateKey = createPrivateKey(place.merchant)
  const publicKey = createPublicKey(vectorKey(place.key).spkiPem)
  const url = `${lianlianUrl(place)}/bankcardunbind.htm`
  return async () => {
    const signature = sign('md5', Buffer.from(plainCanonical(MEMBERS)), privateKey)
    const body = JSON.stringify({ ...MEMBERS, sign: signature.toString('base64') })
    const answer = await fetch(url, { method: 'POST', headers: HEADERS, body })
    return readAnswer(await answer.text(), publicKey)
  }
}

/** Verifying, as `validateSign` has it. */
export function alipay({ port, key, merchant }: Place): Call {
  const sdk = new AlipaySdk({
    appId: '2014072300007148',
    privateKey: merchant.replaceAll(/-----[^-]+-----|\s/g, ''),
    keyType: 'PKCS8',
    alipayPublicKey: vectorKey(key).spkiBase64,
    gateway: `http://127.0.0.1:${port}/${key}/alipay`,
  })
  const bizContent = { out_trade_no: CARD.no_agree }
  return () => sdk.exec('alipay.trade.query', { bizContent }, { validateSign: true })
}

export function wechat({ port, key, merchant }: Place): Call {
  const wxpay = new Wechatpay({
    mchid: '1900000001',
    serial: '3775B6A45ACD588826D15E583A95F5DD00000000',
    privateKey: merchant,
    certs: { [WECHAT_SERIAL]: vectorKey(key).spkiPem },
    baseURL: `http://127.0.0.1:${port}/${key}/wechat/`,
  })
  return () => wxpay.chain('v3/pay/transactions/jsapi').post(CARD)
}

/** Signs nothing: its requests carry a bearer token. */
export function stripe({ port }: Place): Call {
  const client = new Stripe('sk_test_1', {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  })
  return () => client.paymentMethods.detach('pm_1')
}
