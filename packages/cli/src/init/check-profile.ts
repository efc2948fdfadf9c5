import { checkKeys, parseBaseUrl } from '@llpay/core/adapter'
import type { RsaPrivateKey, RsaPublicKey } from '@llpay/core/keys'
import { readPrivateKey, readPublicKey } from '@llpay/node'

import type { Profile } from '../config/profile.ts'
import { checkMerchant } from '../config/resolve-config.ts'
import { keepApart } from '../config/settings.ts'
import { readPrivateSource, readSource, readVariable, type Environment } from '../config/sources.ts'

/** Reads the merchant's private key, or says what the file is instead. */
export const openPrivateKey = (file: string, env: Environment): RsaPrivateKey =>
  readPrivateKey(readPrivateSource({ name: '--private-key', file }), {
    passphrase: readVariable(env, 'LLPAY_PRIVATE_KEY_PASSPHRASE'),
  })

/** Reads LianLian's public key, or says what the file is instead. */
export const openGatewayKey = (file: string): RsaPublicKey =>
  readPublicKey(readSource({ name: '--gateway-key', file }))

/**
 * Makes sure that a call with this profile could be made: the keys are there and belong where they
 * are, and test and live are kept apart.
 *
 * @throws {ConfigError} for what cannot be, or cannot be read.
 * @throws {KeyError} for what is not a key, or is the other key.
 */
export function checkProfile(profile: Profile, env: Environment): Profile {
  const { oidPartner, privateKeyFile, gatewayKeyFiles, baseUrl } = profile
  checkMerchant({ value: oidPartner, from: '--oid-partner' })
  if (baseUrl !== undefined) parseBaseUrl(baseUrl)
  keepApart({
    profile,
    baseUrl: baseUrl === undefined ? undefined : { value: baseUrl, from: '--base-url' },
  })
  checkKeys(openPrivateKey(privateKeyFile, env), gatewayKeyFiles.map(openGatewayKey), baseUrl)
  return profile
}
