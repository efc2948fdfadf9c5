import { createPublicKey, verify } from 'node:crypto'

import { OID_PARTNER } from '@internal/testkit/merchant'
import { plainCanonical, withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import {
  createNotificationHandler,
  createVerifier,
  type SeenStore,
  verifyNotification,
} from '@llpay/node'

import { cpuPerCall, cpuPerSyncCall } from '../measure/cost.ts'
import { interleave } from '../measure/interleave.ts'
import type { Bench, Row } from '../measure/result.ts'

const KEY = vectorKey('k2048')
const MEGABYTE = 1024 * 1024

/** Until everything is compiled. */
const WARM_UP = 8

const payment = (number: number) =>
  JSON.stringify(
    withSign(
      {
        bank_code: '01020000',
        dt_order: '20240501093015',
        money_order: '49.9',
        no_order: `P${number}`,
        oid_partner: OID_PARTNER,
        oid_paybill: String(2_024_050_100_000_000 + number),
        pay_type: 'D',
        result_pay: 'SUCCESS',
        sign_type: 'RSA',
      },
      KEY.pkcs8Pem,
    ),
  )

/** A store that costs nothing: a real one costs a round trip. */
const forgetful: SeenStore = {
  claim: async () => ({ status: 'new', token: '' }),
  done: async () => true,
  release: async () => undefined,
}

/** A notification that is verified, and one that is handled, against JSON.parse and crypto.verify alone. */
export const benchNotification: Bench = async function* ({ short }) {
  const text = payment(1)
  const bytes = Buffer.from(text)
  const key = createPublicKey(KEY.spkiPem)

  const gatewayPublicKey = await createVerifier(KEY.spkiPem, 'MD5withRSA')
  const keys = { kind: 'payment', oidPartner: OID_PARTNER, gatewayPublicKey } as const
  const handle = createNotificationHandler({
    ...keys,
    seen: forgetful,
    onNotification: async () => undefined,
  })
  const post = async () => {
    const request = new Request('http://localhost/', { method: 'POST', body: text })
    return (await handle(request)).status
  }
  const limit = () => {
    const { sign = '', ...members }: Record<string, string> = JSON.parse(text)
    return verify('md5', Buffer.from(plainCanonical(members)), key, Buffer.from(sign, 'base64'))
  }
  const calls = short ? 300 : 1000
  const rows = await interleave(
    [
      {
        name: 'JSON.parse + crypto.verify',
        role: 'limit',
        sample: () => cpuPerSyncCall(calls, limit),
      },
      {
        name: 'llpay verifyNotification',
        role: 'ours',
        sample: () => cpuPerCall(calls, 1, () => verifyNotification(bytes, keys)),
      },
      { name: 'llpay handler', role: 'peer', sample: () => cpuPerCall(calls, 1, post) },
    ],
    short ? 9 : 25,
    { warmUp: WARM_UP },
  )
  yield { title: 'notification, 2048 bits', unit: 'µs of CPU', rows }

  const step = short ? 500 : 10_000
  const heap: Row[] = []
  await cpuPerCall(step, 16, post)
  for (const times of [1, 2, 5, 10]) {
    await cpuPerCall(times * step, 16, post)
    await globalThis.gc?.({ execution: 'async' })
    const role = times === 1 ? 'limit' : times === 10 ? 'ours' : 'peer'
    const value = process.memoryUsage().heapUsed / MEGABYTE
    heap.push({ name: `after ${times * step} more`, role, value })
  }
  yield { title: 'notification: heap after a collection', unit: 'MB', rows: heap }
}
