import { OID_PARTNER } from '@internal/testkit/merchant'
import { merchantKeys } from '@internal/testkit/signing'
import { createUnbindProcessor, type SentMarks, type UnbindProcessor } from '@llpay/core/bulk'
import { createClient } from '@llpay/node'

import { hurried, JOB_ID_KEY } from './subject.ts'

/** The processor of the adapters on Node. */
export function nodeProcessor(baseUrl: string, marks: SentMarks): UnbindProcessor {
  const { merchant, gateway } = merchantKeys()
  const client = createClient({
    oidPartner: OID_PARTNER,
    privateKey: merchant.pkcs8Pem,
    gatewayPublicKey: gateway.spkiPem,
    baseUrl,
    retry: 0,
    timeoutMs: 60_000,
  })
  const options = { oidPartner: OID_PARTNER, jobIdKey: JOB_ID_KEY, marks }
  return hurried(createUnbindProcessor(client, options))
}
