import type { RsaPrivateNumbers } from '@llpay/core/keys'
import type { SignatureAlgorithm } from '@llpay/core/signing'
import { invert, pow, mod } from '@noble/curves/abstract/modular.js'
import { md5 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'

// Core has the like. This folder shares no code with the rest, so that bundlers keep it in one chunk
// and the rest in another.

/** Reads big-endian bytes as a number that is not negative. */
export function toInteger(bytes: Uint8Array): bigint {
  let digits = '0x0'
  for (const byte of bytes) digits += byte.toString(16).padStart(2, '0')
  return BigInt(digits)
}

/** Writes a non-negative number as big-endian bytes of the given length. It must fit. */
export function toBytes(value: bigint, length: number): Uint8Array {
  const digits = value.toString(16).padStart(length * 2, '0')
  return Uint8Array.from({ length }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  )
}

interface DigestMethod {
  readonly hash: (message: Uint8Array) => Uint8Array
  /** The DER DigestInfo up to the hash itself (RFC 8017 section 9.2, note 1). */
  readonly prefix: readonly number[]
}

const DIGESTS: Readonly<Record<SignatureAlgorithm, DigestMethod>> = {
  MD5withRSA: {
    hash: md5,
    prefix: [
      0x30, 0x20, 0x30, 0x0c, 0x06, 0x08, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05, 0x05,
      0x00, 0x04, 0x10,
    ],
  },
  SHA256withRSA: {
    hash: sha256,
    prefix: [
      0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
      0x05, 0x00, 0x04, 0x20,
    ],
  },
}

/**
 * Encodes a message as the block that RSA signs: EMSA-PKCS1-v1_5, RFC 8017 section 9.2. Verification
 * compares the whole block and never parses foreign padding.
 */
export function encodeBlock(
  message: Uint8Array,
  algorithm: SignatureAlgorithm,
  length: number,
): Uint8Array {
  const { hash, prefix } = DIGESTS[algorithm]
  const tail = [...prefix, ...hash(message)]
  const block = new Uint8Array(length).fill(0xff)
  block.set([0x00, 0x01])
  block.set([0x00, ...tail], length - tail.length - 1)
  return block
}

/** A pair of factors that hides the number being signed from timing attacks. */
export interface BlindingPair {
  /** Multiplied with the number before it is raised to the private exponent. */
  readonly factor: bigint
  /** Multiplied with the result afterwards. */
  readonly inverse: bigint
}

/** How many signatures share one random number; the blinding pair is squared between them. */
const USES = 32

/** More random bits than the modulus has, so that the remainder is close to uniform. */
const EXTRA_BYTES = 16

function randomBelow(modulus: bigint, length: number): bigint {
  const bytes = crypto.getRandomValues(new Uint8Array(length + EXTRA_BYTES))
  return (toInteger(bytes) % (modulus - 2n)) + 2n
}

/** Creates a source of blinding pairs for a key. Each pair is used once. */
export function createBlinding(modulus: bigint, exponent: bigint, length: number) {
  let pair: BlindingPair = { factor: 1n, inverse: 1n }
  let left = 0
  return (): BlindingPair => {
    if (left === 0) {
      const random = randomBelow(modulus, length)
      pair = { factor: pow(random, exponent, modulus), inverse: invert(random, modulus) }
      left = USES
    } else {
      pair = {
        factor: (pair.factor * pair.factor) % modulus,
        inverse: (pair.inverse * pair.inverse) % modulus,
      }
    }
    left -= 1
    return pair
  }
}

/** A signature that was just computed does not verify: the machine or the runtime computes wrongly. */
export class FaultySignature extends Error {
  override get name(): 'FaultySignature' {
    return 'FaultySignature'
  }
}

/** The numbers of a private key that signing works with. */
export interface PrivateIntegers {
  readonly n: bigint
  readonly e: bigint
  readonly p: bigint
  readonly q: bigint
  readonly dp: bigint
  readonly dq: bigint
  readonly qi: bigint
}

/** Raises a number to a power modulo one of the primes. */
export type HalfPower = (base: bigint, exponent: bigint, prime: bigint) => bigint

/** Reads the numbers of a private key. */
export function toIntegers(numbers: RsaPrivateNumbers): PrivateIntegers {
  return {
    n: toInteger(numbers.modulus),
    e: toInteger(numbers.exponent),
    p: toInteger(numbers.prime1),
    q: toInteger(numbers.prime2),
    dp: toInteger(numbers.exponent1),
    dq: toInteger(numbers.exponent2),
    qi: toInteger(numbers.coefficient),
  }
}

/**
 * Signs an encoded block as a number: blinded, by the Chinese remainder theorem (RFC 8017 section
 * 5.1.2), and verified before it is released, because a single faulty half would reveal the key.
 *
 * @throws {FaultySignature} when the result does not verify.
 */
export function signNumber(
  block: bigint,
  { n, e, p, q, dp, dq, qi }: PrivateIntegers,
  { factor, inverse }: BlindingPair,
  halfPower: HalfPower = pow,
): bigint {
  const hidden = (block * factor) % n
  const half1 = halfPower(hidden % p, dp, p)
  const half2 = halfPower(hidden % q, dq, q)
  const joined = half2 + mod(qi * (half1 - half2), p) * q
  const signature = (joined * inverse) % n
  if (pow(signature, e, n) === block) return signature
  throw new FaultySignature()
}
