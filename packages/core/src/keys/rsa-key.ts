import { bitLength, bytesToBigInt } from '../encoding.ts'
import { KeyError } from '../errors/key-error.ts'
import { TAG, writeElement, writeRsaIdentifier, writeUnsigned } from './der.ts'

const MIN_BITS = 1024
const MAX_BITS = 8192
const MIN_EXPONENT = 65_537n
const MAX_EXPONENT = 2n ** 32n

/** The numbers of an RSA public key, big-endian without leading zeros. */
export interface RsaPublicNumbers {
  readonly modulus: Uint8Array
  readonly exponent: Uint8Array
}

/** The numbers of an RSA private key, big-endian without leading zeros. */
export interface RsaPrivateNumbers extends RsaPublicNumbers {
  readonly privateExponent: Uint8Array
  readonly prime1: Uint8Array
  readonly prime2: Uint8Array
  readonly exponent1: Uint8Array
  readonly exponent2: Uint8Array
  readonly coefficient: Uint8Array
}

/**
 * Applies the same limits to a public key in every runtime: odd modulus of 1024 to 8192 bits, odd
 * exponent from 65537 to 2^32. Returns the size of the modulus in bits.
 *
 * @throws {KeyError} `ERR_KEY_TOO_SMALL`, `ERR_KEY_UNSUPPORTED`, `ERR_KEY_INVALID`.
 */
function checkPublicNumbers({ modulus, exponent }: RsaPublicNumbers): number {
  const n = bytesToBigInt(modulus)
  const bits = bitLength(n)
  if (bits < MIN_BITS) {
    throw new KeyError('ERR_KEY_TOO_SMALL', {
      reason: 'key.too-small',
      message: `The RSA key has ${bits} bits; fewer than ${MIN_BITS} are not safe.`,
      hint: 'Generate a 2048-bit key pair.',
      params: { bits, min: MIN_BITS },
    })
  }
  if (bits > MAX_BITS) {
    throw new KeyError('ERR_KEY_UNSUPPORTED', {
      reason: 'key.too-big',
      message: `The RSA key has ${bits} bits; more than ${MAX_BITS} are not supported.`,
      hint: 'Generate a 2048-bit key pair.',
      params: { bits, max: MAX_BITS },
    })
  }
  if (n % 2n === 0n) {
    throw new KeyError('ERR_KEY_INVALID', {
      reason: 'key.modulus',
      message: 'The RSA key is damaged: its modulus is even.',
      hint: 'Export it again from where it was created.',
    })
  }
  const e = bytesToBigInt(exponent)
  if (e < MIN_EXPONENT || e > MAX_EXPONENT || e % 2n === 0n) {
    throw new KeyError('ERR_KEY_UNSUPPORTED', {
      reason: 'key.exponent',
      message:
        'The public exponent of the RSA key is not an odd number from 65537 to 2^32; small ones such as 3 allow forgeries.',
      hint: 'Generate a key pair with the exponent 65537.',
    })
  }
  return bits
}

/**
 * Checks that the parts of a private key belong together: a damaged one would make signatures that
 * LianLian refuses without a reason.
 *
 * @throws {KeyError} `ERR_KEY_INVALID`.
 */
function checkPrivateNumbers(numbers: RsaPrivateNumbers): void {
  const e = bytesToBigInt(numbers.exponent)
  const p = bytesToBigInt(numbers.prime1)
  const q = bytesToBigInt(numbers.prime2)
  const fits =
    p > 2n &&
    q > 2n &&
    p * q === bytesToBigInt(numbers.modulus) &&
    (bytesToBigInt(numbers.privateExponent) * e) % (p - 1n) === 1n &&
    (bytesToBigInt(numbers.privateExponent) * e) % (q - 1n) === 1n &&
    (bytesToBigInt(numbers.exponent1) * e) % (p - 1n) === 1n &&
    (bytesToBigInt(numbers.exponent2) * e) % (q - 1n) === 1n &&
    (bytesToBigInt(numbers.coefficient) * q) % p === 1n
  if (!fits) {
    throw new KeyError('ERR_KEY_INVALID', {
      reason: 'key.numbers',
      message: 'The private key is damaged: its numbers do not match each other.',
      hint: 'Export it again from where it was created.',
    })
  }
}

/** An RSA public key within llpay's limits. */
export class RsaPublicKey {
  /** The size of the modulus in bits. */
  readonly bits: number
  readonly #numbers: RsaPublicNumbers

  /** @throws {KeyError} `ERR_KEY_TOO_SMALL`, `ERR_KEY_UNSUPPORTED`, `ERR_KEY_INVALID`. */
  constructor(numbers: RsaPublicNumbers) {
    this.bits = checkPublicNumbers(numbers)
    this.#numbers = { modulus: numbers.modulus.slice(), exponent: numbers.exponent.slice() }
  }

  /** The modulus, big-endian without leading zeros. */
  get modulus(): Uint8Array {
    return this.#numbers.modulus
  }

  /** The public exponent, big-endian without leading zeros. */
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

  /** Whether two keys have the same modulus, so that they are two halves of a pair, or the same key. */
  matches(other: { readonly modulus: Uint8Array }): boolean {
    return bytesToBigInt(this.modulus) === bytesToBigInt(other.modulus)
  }
}

/** An RSA private key within llpay's limits. Printing or logging it shows only its size. */
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

  /** The modulus, big-endian without leading zeros. */
  get modulus(): Uint8Array {
    return this.#numbers.modulus
  }

  /** The public exponent, big-endian without leading zeros. */
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

  /** Returns the secret numbers, for arithmetic that needs them. */
  reveal(): RsaPrivateNumbers {
    return this.#numbers
  }
}

/**
 * The public exponent that marks a key as made for the sandbox. Every conversion keeps it, and no other
 * tool picks it by accident. See docs/decisions/0002.
 */
export const SANDBOX_EXPONENT = 65_539

/** Whether a key was made for the sandbox. */
export function isSandboxKey(key: { readonly exponent: Uint8Array }): boolean {
  return bytesToBigInt(key.exponent) === BigInt(SANDBOX_EXPONENT)
}
