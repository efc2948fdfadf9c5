import { ConfigError } from '@llpay/core'
import { ALGORITHMS, type SignatureAlgorithm } from '@llpay/core/signing'

/** Makes sure that an algorithm, which may come from untyped code, is one that llpay knows. */
export function checkAlgorithm(algorithm: SignatureAlgorithm): void {
  if (Object.hasOwn(ALGORITHMS, algorithm)) return
  throw new ConfigError(
    'ERR_CONFIG_INVALID',
    `The signature algorithm must be one of ${Object.keys(ALGORITHMS).join(', ')}.`,
  )
}
