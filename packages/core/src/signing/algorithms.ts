import { ConfigError } from '../errors/config-error.ts'
import type { SignatureAlgorithm } from './ports.ts'

/** What a signature algorithm is called elsewhere. */
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
