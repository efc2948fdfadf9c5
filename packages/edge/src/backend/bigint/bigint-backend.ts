import type { RsaPrivateKey, RsaPublicKey } from '@llpay/core/keys'
import type { SignatureAlgorithm, Signer, Verifier } from '@llpay/core/signing'
import { pow } from '@noble/curves/abstract/modular.js'

import type { Backend } from '../backends.ts'
import {
  createBlinding,
  encodeBlock,
  toBytes,
  toInteger,
  signNumber,
  toIntegers,
  type HalfPower,
} from './arithmetic.ts'

/** Creates a signer in plain JavaScript. `halfPower` lets a test inject a fault. */
export function bigintSigner(
  key: RsaPrivateKey,
  algorithm: SignatureAlgorithm,
  halfPower?: HalfPower,
): Signer {
  const integers = toIntegers(key.reveal())
  const length = key.modulus.length
  const nextPair = createBlinding(integers.n, integers.e, length)
  return {
    algorithm,
    async sign(message) {
      const block = toInteger(encodeBlock(message, algorithm, length))
      return toBytes(signNumber(block, integers, nextPair(), halfPower), length)
    },
  }
}

/** Creates a verifier in plain JavaScript. */
function bigintVerifier(key: RsaPublicKey, algorithm: SignatureAlgorithm): Verifier {
  const n = toInteger(key.modulus)
  const e = toInteger(key.exponent)
  const length = key.modulus.length
  return {
    algorithm,
    async verify(message, signature) {
      const number = toInteger(signature)
      if (signature.length !== length || number >= n) return false
      return pow(number, e, n) === toInteger(encodeBlock(message, algorithm, length))
    },
  }
}

/** RSA by BigInt arithmetic, which every runtime has. Blinding alone protects its timing. */
export function bigintBackend(): Backend {
  return {
    name: 'bigint',
    openSigner: async (key, algorithm) => bigintSigner(key, algorithm),
    openVerifier: async (key, algorithm) => bigintVerifier(key, algorithm),
  }
}
