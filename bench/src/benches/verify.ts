import { createPublicKey, verify } from 'node:crypto'

import { OID_PARTNER } from '@internal/testkit/merchant'
import { plainCanonical, withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { prepareRequest, processReply } from '@llpay/core'
import { unbind } from '@llpay/core/apis/card'
import { createSigner, createVerifier } from '@llpay/node'

import { cpuPerCall, cpuPerSyncCall } from '../measure/cost.ts'
import { interleave } from '../measure/interleave.ts'
import type { Bench } from '../measure/result.ts'

const CARD = { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }
const MEMBERS = { ret_code: '0000', ret_msg: '交易成功', sign_type: 'RSA' }

/** Until both are compiled. */
const WARM_UP = 8

/** A reply that is read and verified, against JSON.parse and the verification alone. */
export const benchVerify: Bench = async function* ({ short }) {
  const signer = await createSigner(vectorKey('k3072').pkcs8Pem, 'MD5withRSA')
  const request = await prepareRequest(unbind, CARD, { oidPartner: OID_PARTNER, signer })
  for (const id of short ? ['k2048'] : ['k1024', 'k2048', 'k4096']) {
    const { pkcs8Pem, spkiPem, bits } = vectorKey(id)
    const key = createPublicKey(spkiPem)
    const verifier = await createVerifier(spkiPem, 'MD5withRSA')
    const text = JSON.stringify(withSign(MEMBERS, pkcs8Pem))
    const response = { status: 200, headers: {}, body: Buffer.from(text) }
    const calls = short ? 300 : 1000
    const limit = () => {
      const { sign, ...members }: Record<string, string> = JSON.parse(text)
      return verify(
        'md5',
        Buffer.from(plainCanonical(members)),
        key,
        Buffer.from(sign ?? '', 'base64'),
      )
    }
    const rows = await interleave(
      [
        {
          name: 'JSON.parse + crypto.verify',
          role: 'limit',
          sample: () => cpuPerSyncCall(calls, limit),
        },
        {
          name: 'llpay processReply',
          role: 'ours',
          sample: () => cpuPerCall(calls, 1, () => processReply(request, response, { verifier })),
        },
      ],
      short ? 9 : 25,
      { warmUp: WARM_UP },
    )
    yield { title: `verify, ${bits} bits`, unit: 'µs of CPU', rows }
  }
}
