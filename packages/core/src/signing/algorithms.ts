import { ConfigError } from '../errors/config-error.ts'
import type { SignatureAlgorithm } from './ports.ts'

/** The names of a signature algorithm elsewhere. */
export interface AlgorithmNames {
  /** `sign_type` on the wire. */
  readonly signType: string
  /** The digest, as node:crypto names it. */
  readonly digest: 'md5' | 'sha256'
  /** The digest, as WebCrypto names it. */
  readonly webDigest: 'MD5' | 'SHA-256'
}

/** Each algorithm's names. The wire's `RSA` has always meant MD5withRSA. */
export const ALGORITHMS: Readonly<Record<SignatureAlgorithm, AlgorithmNames>> = {
  MD5withRSA: { signType: 'RSA', digest: 'md5', webDigest: 'MD5' },
  SHA256withRSA: { signType: 'SHA256withRSA', digest: 'sha256', webDigest: 'SHA-256' },
}

/**
 * Checks that an algorithm, which may come from untyped code, is a known one.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID`.
 */
export function checkAlgorithm(algorithm: SignatureAlgorithm): void {
  if (Object.hasOwn(ALGORITHMS, algorithm)) return
  const known = Object.keys(ALGORITHMS).join(', ')
  throw new ConfigError('ERR_CONFIG_INVALID', {
    reason: 'config.algorithm',
    message: `The signature algorithm must be one of ${known}.`,
    params: { known },
  })
}
