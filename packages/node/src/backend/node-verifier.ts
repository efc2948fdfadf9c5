import { verify, type KeyObject } from 'node:crypto'

import { ALGORITHMS, type SignatureAlgorithm, type Verifier } from '@llpay/core/signing'

/** Makes a verifier of a key that node:crypto holds; a signature must have the modulus's length. */
export function nodeVerifier(
  key: KeyObject,
  bits: number,
  algorithm: SignatureAlgorithm,
): Verifier {
  const { digest } = ALGORITHMS[algorithm]
  const length = Math.ceil(bits / 8)
  return {
    algorithm,
    async verify(message, signature) {
      return signature.length === length && verify(digest, message, key, signature)
    },
  }
}
