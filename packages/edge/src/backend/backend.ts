import type { RsaPrivateKey, RsaPublicKey } from '@llpay/core/keys'
import type { SignatureAlgorithm, Signer, Verifier } from '@llpay/core/signing'

/** The ways in which a runtime can do RSA, in the order in which they are tried. */
export const BACKEND_NAMES = ['webcrypto', 'node', 'bigint'] as const

/** A way to do RSA: WebCrypto, `node:crypto`, or arithmetic on BigInt. */
export type BackendName = (typeof BACKEND_NAMES)[number]

/** What a backend is needed for. */
export type Purpose = 'sign' | 'verify'

/** A way to do RSA. Its promises reject where the runtime refuses the key or the algorithm. */
export interface Backend {
  readonly name: BackendName
  openSigner(key: RsaPrivateKey, algorithm: SignatureAlgorithm): Promise<Signer>
  openVerifier(key: RsaPublicKey, algorithm: SignatureAlgorithm): Promise<Verifier>
}
