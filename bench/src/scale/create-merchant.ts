import { createClient, type Client } from '@llpay/node'

import { keys, OID_PARTNER } from './merchant.ts'

/** The client of the merchant, which asks the list before and after, as a run over many cards does. */
export function createMerchant(baseUrl: string): Client {
  const { merchant, gateway } = keys()
  return createClient({
    oidPartner: OID_PARTNER,
    privateKey: merchant.pkcs8Pem,
    gatewayPublicKey: gateway.spkiPem,
    baseUrl,
    settle: 'always',
  })
}
