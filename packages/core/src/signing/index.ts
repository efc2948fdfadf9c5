/**
 * The canonical string, and the ports through which keys are used.
 *
 * @module @llpay/core/signing
 */
export { ALGORITHMS, type AlgorithmNames } from './algorithms.ts'
export { canonicalString, type Members } from './canonical-string.ts'
export type { SignatureAlgorithm, Signer, Verifier } from './ports.ts'
