import { bytesToBigInt } from '../encoding/integer.ts'
import { writeRsaIdentifier } from './algorithm-identifier.ts'
import { TAG, writeElement, writeUnsigned } from './der.ts'
import { checkPublicNumbers, type RsaPublicNumbers } from './rsa-numbers.ts'

/** An RSA public key that keeps to the limits of llpay. */
export class RsaPublicKey {
  /** The size of the modulus in bits. */
  readonly bits: number
  readonly #numbers: RsaPublicNumbers

  /** @throws {KeyError} `ERR_KEY_TOO_SMALL`, `ERR_KEY_UNSUPPORTED`, `ERR_KEY_INVALID`. */
  constructor(numbers: RsaPublicNumbers) {
    this.bits = checkPublicNumbers(numbers)
    this.#numbers = { modulus: numbers.modulus.slice(), exponent: numbers.exponent.slice() }
  }

  get modulus(): Uint8Array {
    return this.#numbers.modulus
  }

  get exponent(): Uint8Array {
    return this.#numbers.exponent
  }

  /** The key as DER SubjectPublicKeyInfo, which every runtime imports. */
  get spki(): Uint8Array {
    const key = writeElement(
      TAG.sequence,
      writeUnsigned(this.modulus),
      writeUnsigned(this.exponent),
    )
    const bits = writeElement(TAG.bitString, Uint8Array.of(0), key)
    return writeElement(TAG.sequence, writeRsaIdentifier(), bits)
  }

  /** Tells whether two keys have the same modulus, so that one belongs to the other. */
  matches(other: { readonly modulus: Uint8Array }): boolean {
    return bytesToBigInt(this.modulus) === bytesToBigInt(other.modulus)
  }
}
