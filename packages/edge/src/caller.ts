/**
 * The smallest way to call LianLian Pay from an edge: no catalogue of endpoints.
 *
 * @module @llpay/edge/caller
 */
import type { Caller } from '@llpay/core'
import { createCaller as createCoreCaller } from '@llpay/core/adapter'

import { type ClientConfig, toParts } from './config.ts'

export type { Caller, CallOptions } from '@llpay/core'
export type { ClientConfig } from './config.ts'
export type { GatewayKey } from './keys/key-input.ts'

/**
 * Creates a caller, a client without the catalogue: an application that needs one endpoint bundles one.
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING`, `ERR_CONFIG_INVALID`, `ERR_CONFIG_UNKNOWN_OPTION`,
 *   `ERR_CONFIG_CONFLICT`, `ERR_CONFIG_INSECURE`, `ERR_CONFIG_SANDBOX_KEY`.
 * @throws {KeyError} `ERR_KEY_INVALID`, `ERR_KEY_WRONG_KIND`, `ERR_KEY_UNSUPPORTED`,
 *   `ERR_KEY_TOO_SMALL`, `ERR_KEY_MISMATCH`.
 * @example
 * import { unbind } from '@llpay/core/apis/card'
 * import { createCaller } from '@llpay/edge/caller'
 * declare const env: { readonly LLPAY_PRIVATE_KEY: string; readonly LLPAY_GATEWAY_KEY: string }
 * const caller = createCaller({
 *   oidPartner: '201304121000001004',
 *   privateKey: env.LLPAY_PRIVATE_KEY,
 *   gatewayPublicKey: env.LLPAY_GATEWAY_KEY,
 * })
 * const result = await caller.call(unbind, { user_id: '1234567', no_agree: '2014031710002121' })
 * console.log(result.outcome)
 */
export function createCaller(config: ClientConfig): Caller {
  return createCoreCaller(toParts(config))
}
