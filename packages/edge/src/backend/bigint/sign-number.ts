import type { RsaPrivateNumbers } from '@llpay/core/keys'
import { mod, pow } from '@noble/curves/abstract/modular.js'

import type { BlindingPair } from './blinding.ts'
import { FaultySignature } from './faulty-signature.ts'
import { toInteger } from './integers.ts'

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
 * 5.1.2), and checked before it is released, since a single faulty half would give the key away.
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
