/**
 * Reading RSA keys.
 *
 * @module @llpay/core/keys
 */
export type { Container } from './containers.ts'
export { type DetectedKey, detectKey } from './detect-key.ts'
export type { RsaJwk } from './jwk.ts'
export { type KeyBytes, parsePrivateKey, parsePublicKey, viewBytes } from './parse-key.ts'
export type { KeyUse } from './pem.ts'
export {
  isSandboxKey,
  RsaPrivateKey,
  type RsaPrivateNumbers,
  RsaPublicKey,
  type RsaPublicNumbers,
  SANDBOX_EXPONENT,
} from './rsa-key.ts'
