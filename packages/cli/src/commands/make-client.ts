import { createClient, type Client } from '@llpay/node'

import type { CliConfig } from '../config/resolve-config.ts'
import type { Output } from '../output/output.ts'
import { tellKeys } from './tell-keys.ts'

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

/** Makes the client of a configuration, and tells whose keys and which profile it uses. */
export function openClient(config: CliConfig, output: Output): Client {
  const { privateKey, gatewayKeys, profile } = config
  const client = makeClient(config)
  if (output.verbose) tellKeys(privateKey, gatewayKeys, output)
  if (profile !== undefined) {
    const { name, kind } = profile
    output.tell(kind === 'live' ? 'careful' : 'faint', 'profile', `${name} (${kind})`)
  }
  return client
}
