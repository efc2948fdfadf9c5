import type { RsaPublicKey } from '@llpay/core/keys'
import { createClient, type Client } from '@llpay/node'

import type { CliConfig } from '../config/resolve-config.ts'
import { fingerprint } from '../keys/any-key.ts'
import { phrase, t } from '../output/language.ts'
import type { Output } from '../output/output.ts'

const describe = (key: RsaPublicKey) =>
  phrase((say) => `${key.bits} ${say(t('bits', '位'))}, SHA-256 ${fingerprint(key)}`)

/** Makes the client of a configuration; a proxy is taken from the environment. */
export function makeClient(config: CliConfig): Client {
  const { privateKey, gatewayKeys, profile: _, ...rest } = config
  return createClient({
    ...rest,
    // As bytes: this file is its own bundle, and knows no classes of the one that read the keys.
    privateKey: privateKey.pkcs8,
    gatewayPublicKey: gatewayKeys.map(({ spki }) => spki),
    proxy: 'environment',
  })
}

/** Makes the client of a configuration, and names its profile and, if asked, its keys. */
export function openClient(config: CliConfig, output: Output): Client {
  const { privateKey, gatewayKeys, profile } = config
  const client = makeClient(config)
  if (output.verbose) {
    output.tell('faint', t('merchant key', '商户密钥'), describe(privateKey.publicKey))
    for (const key of gatewayKeys) output.tell('faint', t('gateway key', '网关公钥'), describe(key))
  }
  if (profile !== undefined) {
    const { name, kind } = profile
    const meaning = kind === 'live' ? 'careful' : 'faint'
    output.tell(meaning, t('profile', '配置档'), `${name} (${kind})`)
  }
  return client
}
