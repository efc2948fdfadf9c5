import { RsaPrivateKey } from '@llpay/core/keys'

const PRIME1 =
  'e4891a273449cca21d9b226b28f24f374490ce4efa436f5a9732accdd4133daeb2af29cb97a25a03f7ba028123dc4b2523677930975e853b7209f59c44d9c9d3'
const PRIME2 =
  'dc82418ad9c6be146103befe6628f6b54895d3bcebc394ddfb6b69c59931be7900c92fff9566814b562dee0396aa5e0189ee7062b17bc4546313e936e2b31469'
const EXPONENT = 65_537n

function toBytes(value: bigint): Uint8Array {
  const digits = value.toString(16)
  const even = digits.length % 2 === 0 ? digits : `0${digits}`
  return Uint8Array.from(even.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** The inverse of a number, by Euclid's algorithm. */
function invert(number: bigint, modulus: bigint): bigint {
  let [rest, divisor] = [modulus, number]
  let [before, inverse] = [0n, 1n]
  while (divisor > 1n) {
    const times = rest / divisor
    ;[rest, divisor] = [divisor, rest - times * divisor]
    ;[before, inverse] = [inverse, before - times * inverse]
  }
  return ((inverse % modulus) + modulus) % modulus
}

/**
 * Makes the test key that backends are tried with. It is public, and protects nothing. All but its
 * primes is computed, since it is part of every bundle.
 */
export function makeProbeKey(): RsaPrivateKey {
  const p = BigInt(`0x${PRIME1}`)
  const q = BigInt(`0x${PRIME2}`)
  const d = invert(EXPONENT, (p - 1n) * (q - 1n))
  return new RsaPrivateKey({
    modulus: toBytes(p * q),
    exponent: toBytes(EXPONENT),
    privateExponent: toBytes(d),
    prime1: toBytes(p),
    prime2: toBytes(q),
    exponent1: toBytes(d % (p - 1n)),
    exponent2: toBytes(d % (q - 1n)),
    coefficient: toBytes(invert(q, p)),
  })
}
