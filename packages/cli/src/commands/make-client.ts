import { createClient, type Client } from '@llpay/node'

import type { CliConfig } from '../config/resolve-config.ts'

/** Makes the client of a configuration; a proxy is taken from the environment. */
export function makeClient(config: CliConfig): Client {
  const { privateKey, gatewayKeys, profile: _, ...rest } = config
  return createClient({
    ...rest,
    // As bytes: this file is a bundle of its own, and knows no classes of the one that read the keys.
    privateKey: privateKey.pkcs8,
    gatewayPublicKey: gatewayKeys.map(({ spki }) => spki),
    proxy: 'environment',
  })
}
