import { createPrivateKey, sign } from 'node:crypto'

import { OID_PARTNER } from '@internal/testkit/merchant'
import { plainCanonical } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { prepareRequest } from '@llpay/core'
import { unbind } from '@llpay/core/apis/card'
import { createSigner } from '@llpay/node'

import { cpuPerCall } from '../measure/cost.ts'
import { interleave } from '../measure/interleave.ts'
import type { Bench } from '../measure/result.ts'

const CARD = { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }
const GOAL = 1.05
const WARM_UP = 8

/** As a call has it: something else gets its turn between two signatures. */
const oncePerTurn = (work: () => unknown) => async () => {
  await work()
  await new Promise((resolve) => {
    setImmediate(resolve)
  })
}

/** A request that is built and signed, against nothing but the signature. */
export const benchSign: Bench = async function* ({ short }) {
  for (const id of short ? ['k2048'] : ['k1024', 'k2048', 'k4096']) {
    const { pkcs8Pem, bits } = vectorKey(id)
    const key = createPrivateKey(pkcs8Pem)
    const signer = await createSigner(pkcs8Pem, 'MD5withRSA')
    const canonical = Buffer.from(
      plainCanonical({ oid_partner: OID_PARTNER, ...CARD, sign_type: 'RSA' }),
    )
    const calls = short ? 100 : 300
    const rows = await interleave(
      [
        {
          name: 'crypto.sign, cached key',
          role: 'limit',
          sample: () =>
            cpuPerCall(
              calls,
              1,
              oncePerTurn(() => sign('md5', canonical, key)),
            ),
        },
        {
          name: 'crypto.sign, key read each time',
          role: 'peer',
          sample: () =>
            cpuPerCall(
              calls,
              1,
              oncePerTurn(() => sign('md5', canonical, pkcs8Pem)),
            ),
        },
        {
          name: 'llpay prepareRequest',
          role: 'ours',
          sample: () =>
            cpuPerCall(
              calls,
              1,
              oncePerTurn(() => prepareRequest(unbind, CARD, { oidPartner: OID_PARTNER, signer })),
            ),
        },
      ],
      short ? 9 : 25,
      { warmUp: WARM_UP },
    )
    yield {
      title: `sign, ${bits} bits`,
      unit: 'µs of CPU',
      rows,
      ...(bits === 2048 ? { goal: GOAL } : {}),
    }
  }
}
