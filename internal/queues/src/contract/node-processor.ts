import { vectorKey } from '@internal/vectors'
import { createUnbindProcessor, type SentMarks, type UnbindProcessor } from '@llpay/core/bulk'
import { createClient } from '@llpay/node'

import { hurried, JOB_ID_KEY, OID_PARTNER } from './merchant.ts'

/** The processor of the adapters on Node. */
export function nodeProcessor(baseUrl: string, marks: SentMarks): UnbindProcessor {
  const client = createClient({
    oidPartner: OID_PARTNER,
    privateKey: vectorKey('k2048').pkcs8Pem,
    gatewayPublicKey: vectorKey('k1024').spkiPem,
    baseUrl,
    retry: 0,
    timeoutMs: 60_000,
  })
  const options = { oidPartner: OID_PARTNER, jobIdKey: JOB_ID_KEY, marks }
  return hurried(createUnbindProcessor(client, options))
}
