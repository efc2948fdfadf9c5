import { OID_PARTNER } from '@internal/testkit/merchant'
import type { ClientConfig } from '@llpay/edge'

import { keyOf } from './data.ts'

/** The card that the cases unbind. */
export const CARD = { user_id: 'u-1', no_agree: '2014031710002121' }

/** The merchant's configuration: its key and the gateway's. */
export const merchant = (more: Partial<ClientConfig>): ClientConfig => ({
  oidPartner: OID_PARTNER,
  privateKey: keyOf('k1024').pkcs1Base64,
  gatewayPublicKey: keyOf('k2048').spkiPem,
  allowBigIntSigning: true,
  baseUrl: 'http://localhost',
  retry: 0,
  settle: 'never',
  ...more,
})
