import { createClient } from '@llpay/node'

import { cardOf, keys, OID_PARTNER } from './merchant.ts'

/** The same call without file, ledger and results: unbinds the next card each time. */
export function callAlone(baseUrl: string, next: () => number): () => Promise<unknown> {
  const { merchant, gateway } = keys()
  const client = createClient({
    oidPartner: OID_PARTNER,
    privateKey: merchant.pkcs8Pem,
    gatewayPublicKey: gateway.spkiPem,
    baseUrl,
    settle: 'always',
  })
  return () => client.card.unbind(cardOf(next()))
}
