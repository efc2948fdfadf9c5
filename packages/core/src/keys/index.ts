/**
 * Reading RSA keys.
 *
 * @module @llpay/core/keys
 */
export type { Container } from './container.ts'
export { detectKey, type DetectedKey } from './detect-key.ts'
export type { RsaJwk } from './jwk.ts'
export { viewBytes, type KeyBytes } from './require-key.ts'
export type { KeyUse } from './pem.ts'
export { parsePrivateKey } from './parse-private-key.ts'
export { parsePublicKey } from './parse-public-key.ts'
export type { RsaPrivateNumbers, RsaPublicNumbers } from './rsa-numbers.ts'
export { RsaPrivateKey } from './rsa-private-key.ts'
export { RsaPublicKey } from './rsa-public-key.ts'
export { isSandboxKey, SANDBOX_EXPONENT } from './sandbox-mark.ts'
