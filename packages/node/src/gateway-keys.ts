import { ConfigError } from '@llpay/core'
import type { RsaPublicKey } from '@llpay/core/keys'
import type { Verifier } from '@llpay/core/signing'

import { nodeVerifier } from './backend/node-crypto.ts'
import type { GatewayKey } from './config.ts'
import { importPublicKey } from './keys/import-key.ts'

/** A verifier of LianLian's; `numbers` is undefined for a `Verifier` of the caller's own. */
export interface OpenedGatewayKey {
  readonly verifier: Verifier
  readonly numbers: RsaPublicKey | undefined
}

/** The error for a key that was not given. */
export function missingKey(option: string, whose: string): ConfigError {
  return new ConfigError('ERR_CONFIG_MISSING', {
    reason: 'config.key-missing',
    message: `${option} is missing.`,
    hint: `Give ${whose} RSA key.`,
    params: { option },
  })
}

function open(key: GatewayKey): OpenedGatewayKey {
  if (typeof key === 'object' && 'verify' in key) return { verifier: key, numbers: undefined }
  const { numbers, handle } = importPublicKey(key)
  return { verifier: nodeVerifier(handle, numbers.bits, 'MD5withRSA'), numbers }
}

/**
 * Reads LianLian's public key, or several while it rotates.
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING`.
 * @throws {KeyError} for a key that cannot be read.
 */
export function openGatewayKeys(
  given: GatewayKey | readonly GatewayKey[],
): readonly OpenedGatewayKey[] {
  const keys = [given].flat()
  if (keys.length === 0 || keys.some((key) => key === undefined || key === null)) {
    throw missingKey('gatewayPublicKey', "LianLian's public")
  }
  return keys.map(open)
}
