import { checkKeys, checkOidPartner } from '@llpay/core/adapter'
import { readPrivateKey, readPublicKey } from '@llpay/node'

import { readVariable, type Environment } from '../config/environment.ts'
import type { Profile } from '../config/profile.ts'
import { readPrivateSource } from '../config/read-private-source.ts'
import { readSource } from '../config/read-secret.ts'
import { keepApart } from '../config/settings.ts'

/**
 * Makes sure that a call with this profile could be made: the keys are there and belong where they
 * are, and test and live are kept apart.
 *
 * @throws {ConfigError} for what cannot be, or cannot be read.
 * @throws {KeyError} for what is no key, or is in the other's place.
 */
export function checkProfile(profile: Profile, env: Environment): Profile {
  const { oidPartner, privateKeyFile, gatewayKeyFiles, baseUrl } = profile
  checkOidPartner(oidPartner)
  keepApart({
    profile,
    baseUrl: baseUrl === undefined ? undefined : { value: baseUrl, from: '--base-url' },
  })
  const privateKey = readPrivateKey(
    readPrivateSource({ name: '--private-key', file: privateKeyFile }),
    {
      passphrase: readVariable(env, 'LLPAY_PRIVATE_KEY_PASSPHRASE'),
    },
  )
  const gatewayKeys = gatewayKeyFiles.map((file) =>
    readPublicKey(readSource({ name: '--gateway-key', file })),
  )
  checkKeys(privateKey, gatewayKeys, baseUrl)
  return profile
}
