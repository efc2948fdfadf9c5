import type { Client } from '@llpay/core'
import { createCoreClient } from '@llpay/core/adapter/client'

import { type ClientConfig, toParts } from './config.ts'

/**
 * Creates a client for one merchant. Nothing is sent, and no environment variable is read: keys are
 * passed as values and read once, here. The backend that signs is chosen on the first call; see
 * `probeBackends`. A key that cannot be read is named in short; `await createSigner(key, 'MD5withRSA')`
 * loads the full diagnosis.
 *
 * The runtime's `fetch` decides the TLS version, certificates, proxies, and the outgoing address, which
 * LianLian may have to add to its allow-list (code 1008).
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING`, `ERR_CONFIG_INVALID`, `ERR_CONFIG_UNKNOWN_OPTION`,
 *   `ERR_CONFIG_CONFLICT`, `ERR_CONFIG_INSECURE`, `ERR_CONFIG_SANDBOX_KEY`.
 * @throws {KeyError} `ERR_KEY_INVALID`, `ERR_KEY_WRONG_KIND`, `ERR_KEY_UNSUPPORTED`,
 *   `ERR_KEY_TOO_SMALL`, `ERR_KEY_MISMATCH`.
 * @example
 * import { createClient } from '@llpay/edge'
 * declare const env: { readonly LLPAY_PRIVATE_KEY: string; readonly LLPAY_GATEWAY_KEY: string }
 * const client = createClient({
 *   oidPartner: '201304121000001004',
 *   privateKey: env.LLPAY_PRIVATE_KEY,
 *   gatewayPublicKey: env.LLPAY_GATEWAY_KEY,
 * })
 * const result = await client.card.unbind({ user_id: '1234567', no_agree: '2014031710002121' })
 * console.log(result.outcome)
 */
export function createClient(config: ClientConfig): Client {
  return createCoreClient(toParts(config))
}
