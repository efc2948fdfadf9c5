import { ConfigError } from '../errors/config-error.ts'
import { ALGORITHMS } from './algorithms.ts'
import type { SignatureAlgorithm } from './ports.ts'

/**
 * Makes sure that an algorithm, which may come from untyped code, is one that llpay knows.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function checkAlgorithm(algorithm: SignatureAlgorithm): void {
  if (Object.hasOwn(ALGORITHMS, algorithm)) return
  throw new ConfigError(
    'ERR_CONFIG_INVALID',
    `The signature algorithm must be one of ${Object.keys(ALGORITHMS).join(', ')}.`,
  )
}
