import { ConfigError } from '../errors/config-error.ts'
import { KeyError } from '../errors/key-error.ts'
import { isSandboxKey, type RsaPublicKey } from '../keys/rsa-key.ts'
import { reachesLianLian } from './base-url.ts'

/** The error for a key that was not given. */
export function missingKey(option: string, whose: string): ConfigError {
  return new ConfigError('ERR_CONFIG_MISSING', {
    reason: 'config.key-missing',
    message: `${option} is missing.`,
    hint: `Give ${whose} RSA key.`,
    params: { option },
  })
}

/** The error for the merchant's own public key in place of LianLian's. */
export function ownGatewayKey(): KeyError {
  return new KeyError('ERR_KEY_MISMATCH', {
    reason: 'key.own-as-gateway',
    message:
      "The gateway key is the merchant's own public key, which cannot verify LianLian's replies.",
    hint: "Use LianLian's public key, from the merchant console.",
  })
}

/** The public numbers of a key. */
interface PublicPart {
  readonly modulus: Uint8Array
  readonly exponent: Uint8Array
}

/**
 * Checks that the keys of a client fit each other and the gateway that is called.
 *
 * @throws {KeyError} `ERR_KEY_MISMATCH` for the merchant's own public key in place of LianLian's.
 * @throws {ConfigError} `ERR_CONFIG_SANDBOX_KEY` for a sandbox key where LianLian itself is called.
 */
export function checkKeys(
  privateKey: PublicPart | undefined,
  gatewayKeys: readonly RsaPublicKey[],
  baseUrl: string | undefined,
): void {
  if (privateKey !== undefined && gatewayKeys.some((key) => key.matches(privateKey))) {
    throw ownGatewayKey()
  }
  const keys = privateKey === undefined ? gatewayKeys : [privateKey, ...gatewayKeys]
  if (reachesLianLian(baseUrl) && keys.some(isSandboxKey)) {
    throw new ConfigError('ERR_CONFIG_SANDBOX_KEY', {
      reason: 'config.sandbox-key',
      message: 'The key was generated for the sandbox, but the call would go to LianLian (live).',
      hint: "Set the base URL to the sandbox's, or use the real keys.",
    })
  }
}
