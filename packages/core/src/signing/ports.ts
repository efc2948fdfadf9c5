/** The signature algorithms of the classic API. */
export type SignatureAlgorithm = 'MD5withRSA' | 'SHA256withRSA'

/**
 * Signs bytes with the merchant's private key. Write one to keep the key in a KMS or HSM.
 *
 * An error that it throws counts as "nothing was sent".
 */
export interface Signer {
  /** The algorithm of the signatures it makes. */
  readonly algorithm: SignatureAlgorithm
  /** Resolves to the raw signature of the message, without base64. */
  sign(message: Uint8Array): Promise<Uint8Array>
}

/** Verifies signatures with LianLian's public key. */
export interface Verifier {
  /** The algorithm of the signatures it accepts. */
  readonly algorithm: SignatureAlgorithm
  /** Resolves to `true` only if the raw signature is valid for the message. */
  verify(message: Uint8Array, signature: Uint8Array): Promise<boolean>
}
