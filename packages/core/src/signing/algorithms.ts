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
