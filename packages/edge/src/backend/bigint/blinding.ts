import { invert, pow } from '@noble/curves/abstract/modular.js'

import { toInteger } from './integers.ts'

/** A pair that hides a number from whoever times the arithmetic on it. */
export interface BlindingPair {
  /** What the number is multiplied with before it is raised to the private exponent. */
  readonly factor: bigint
  /** What the result is multiplied with after. */
  readonly inverse: bigint
}

/** How many signatures a random number serves; its pair is squared in between. */
const USES = 32

/** More random bits than the modulus has, so that the remainder is even enough. */
const EXTRA_BYTES = 16

function randomBelow(modulus: bigint, length: number): bigint {
  const bytes = crypto.getRandomValues(new Uint8Array(length + EXTRA_BYTES))
  return (toInteger(bytes) % (modulus - 2n)) + 2n
}

/** Makes a source of blinding pairs for a key. Each pair is given out once, without any waiting. */
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
