import { writeRsaIdentifier } from './algorithm-identifier.ts'
import { TAG, writeElement, writeUnsigned } from './der.ts'
import { checkPrivateNumbers, checkPublicNumbers, type RsaPrivateNumbers } from './rsa-numbers.ts'
import { RsaPublicKey } from './rsa-public-key.ts'

/** An RSA private key that keeps to the limits of llpay. Printing it shows its size and no more. */
export class RsaPrivateKey {
  /** The size of the modulus in bits. */
  readonly bits: number
  readonly #numbers: RsaPrivateNumbers

  /** @throws {KeyError} `ERR_KEY_TOO_SMALL`, `ERR_KEY_UNSUPPORTED`, `ERR_KEY_INVALID`. */
  constructor(numbers: RsaPrivateNumbers) {
    this.bits = checkPublicNumbers(numbers)
    checkPrivateNumbers(numbers)
    this.#numbers = numbers
  }

  get modulus(): Uint8Array {
    return this.#numbers.modulus
  }

  get exponent(): Uint8Array {
    return this.#numbers.exponent
  }

  /** The public half. */
  get publicKey(): RsaPublicKey {
    return new RsaPublicKey(this.#numbers)
  }

  /** The key as DER PKCS#8, which every runtime imports. */
  get pkcs8(): Uint8Array {
    const zero = writeUnsigned(Uint8Array.of(0))
    const n = this.#numbers
    const parts = [
      n.modulus,
      n.exponent,
      n.privateExponent,
      n.prime1,
      n.prime2,
      n.exponent1,
      n.exponent2,
      n.coefficient,
    ]
    const pkcs1 = writeElement(TAG.sequence, zero, ...parts.map(writeUnsigned))
    return writeElement(
      TAG.sequence,
      zero,
      writeRsaIdentifier(),
      writeElement(TAG.octetString, pkcs1),
    )
  }

  /** Hands the secret numbers to arithmetic that needs them. */
  reveal(): RsaPrivateNumbers {
    return this.#numbers
  }
}
