import { createClient } from '@llpay/node'

/** The one client of the application: it reads the keys once, and its calls share a retry budget. */
export const llpay = createClient({
  oidPartner: process.env['LLPAY_OID_PARTNER'] ?? '',
  privateKey: process.env['LLPAY_PRIVATE_KEY'] ?? '',
  gatewayPublicKey: process.env['LLPAY_GATEWAY_KEY'] ?? '',
  baseUrl: process.env['LLPAY_BASE_URL'], // unset: LianLian (live)
  settle: 'always', // for single calls such as card.unbind; ensureUnbound always settles
  timeoutMs: 15_000, // below the timeout of the load balancer
  onEvent: (event) => console.log(JSON.stringify(event)), // names, codes and durations; no card data
})
