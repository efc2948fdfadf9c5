import { KeyError } from '../errors/key-error.ts'
import { readSequence, readUnsigned, type DerElement } from './der.ts'
import type { RsaPrivateNumbers, RsaPublicNumbers } from './rsa-numbers.ts'

/** Reads the elements of a PKCS#1 RSAPublicKey. */
export function readPkcs1Public(elements: readonly DerElement[]): RsaPublicNumbers {
  const [modulus, exponent, ...rest] = elements
  if (rest.length > 0) throw unexpected()
  return { modulus: readUnsigned(modulus), exponent: readUnsigned(exponent) }
}

/** Reads the elements of a PKCS#1 RSAPrivateKey with two primes. */
export function readPkcs1Private(elements: readonly DerElement[]): RsaPrivateNumbers {
  const [version, n, e, d, p, q, dp, dq, qi, ...rest] = elements
  if (rest.length > 0 || readUnsigned(version).some((byte) => byte !== 0)) throw unexpected()
  return {
    modulus: readUnsigned(n),
    exponent: readUnsigned(e),
    privateExponent: readUnsigned(d),
    prime1: readUnsigned(p),
    prime2: readUnsigned(q),
    exponent1: readUnsigned(dp),
    exponent2: readUnsigned(dq),
    coefficient: readUnsigned(qi),
  }
}

/** Reads a PKCS#1 RSAPrivateKey from its DER bytes. */
export function readPkcs1PrivateBytes(der: Uint8Array): RsaPrivateNumbers {
  return readPkcs1Private(readSequence(der))
}

const unexpected = () =>
  new KeyError(
    'ERR_KEY_UNSUPPORTED',
    'The RSA key has more parts than usual (more than two primes, or an unknown version). Make a plain RSA key pair.',
  )
