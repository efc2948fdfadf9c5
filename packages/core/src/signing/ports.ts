/** The signature algorithms of the classic API. */
export type SignatureAlgorithm = 'MD5withRSA' | 'SHA256withRSA'

/**
 * Signs bytes with the merchant's private key. Write one to keep the key in a KMS or HSM.
 *
 * An error that is not of llpay counts as "nothing was sent".
 */
export interface Signer {
  readonly algorithm: SignatureAlgorithm
  sign(message: Uint8Array): Promise<Uint8Array>
}

/** Verifies bytes against LianLian's public key. Answers `false` to any signature that is not good. */
export interface Verifier {
  readonly algorithm: SignatureAlgorithm
  verify(message: Uint8Array, signature: Uint8Array): Promise<boolean>
}
