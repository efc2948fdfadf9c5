import { OID_PARTNER } from '@internal/testkit/merchant'
import { merchantKeys } from '@internal/testkit/signing'
import { createClient, type Client } from '@llpay/node'

/** The client of the merchant, which asks the list before and after, as a run over many cards does. */
export function createMerchant(baseUrl: string): Client {
  const { merchant, gateway } = merchantKeys()
  return createClient({
    oidPartner: OID_PARTNER,
    privateKey: merchant.pkcs8Pem,
    gatewayPublicKey: gateway.spkiPem,
    baseUrl,
    settle: 'always',
  })
}
