import { ConfigError } from '@llpay/core'

/**
 * Refuses to work where TLS checks are switched off for the whole process.
 *
 * @throws {ConfigError} `ERR_CONFIG_INSECURE`.
 */
export function refuseInsecureEnvironment(): void {
  if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return
  throw new ConfigError(
    'ERR_CONFIG_INSECURE',
    'NODE_TLS_REJECT_UNAUTHORIZED=0 is set: it switches certificate checks off, and a forged answer could not be told from a true one. Unset it; for a private certificate authority set NODE_EXTRA_CA_CERTS.',
  )
}
