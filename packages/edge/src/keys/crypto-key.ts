import { KeyError } from '@llpay/core/adapter'
import { RsaPublicKey } from '@llpay/core/keys'
import { ALGORITHMS, type SignatureAlgorithm } from '@llpay/core/signing'

import type { Purpose } from '../backend/backend.ts'
import { SCHEME } from '../backend/webcrypto.ts'

/** The type of key that each purpose needs. */
const TYPES: Readonly<Record<Purpose, string>> = { sign: 'private', verify: 'public' }

/** Tells whether a value is a key of WebCrypto, also one of another realm. */
export function isCryptoKey(value: unknown): value is CryptoKey {
  return Object.prototype.toString.call(value) === '[object CryptoKey]'
}

/** What WebCrypto tells of an RSA key. */
interface RsaAlgorithm extends KeyAlgorithm {
  readonly modulusLength: number
  readonly publicExponent: Uint8Array
  readonly hash: KeyAlgorithm
}

function isRsa(algorithm: KeyAlgorithm): algorithm is RsaAlgorithm {
  return algorithm.name === SCHEME && 'modulusLength' in algorithm && 'hash' in algorithm
}

/**
 * A public key of the same size and exponent, for checks that need no more: the modulus of a
 * CryptoKey cannot be read here and now.
 */
function standIn({ modulusLength, publicExponent }: RsaAlgorithm): RsaPublicKey {
  const modulus = new Uint8Array(Math.ceil(modulusLength / 8)).fill(0xff)
  modulus[0] = 0xff >> (modulus.length * 8 - modulusLength)
  const start = publicExponent.findIndex((byte) => byte !== 0)
  return new RsaPublicKey({ modulus, exponent: publicExponent.slice(Math.max(start, 0)) })
}

/**
 * Checks what can be told of a CryptoKey without using it. Returns a stand-in with its size and
 * exponent.
 *
 * @throws {KeyError} `ERR_KEY_WRONG_KIND`, `ERR_KEY_UNSUPPORTED`, `ERR_KEY_TOO_SMALL`.
 */
export function checkCryptoKey(
  key: CryptoKey,
  purpose: Purpose,
  algorithm: SignatureAlgorithm,
): RsaPublicKey {
  if (key.type !== TYPES[purpose]) {
    throw new KeyError(
      'ERR_KEY_WRONG_KIND',
      `A ${TYPES[purpose]} key belongs here, but the CryptoKey is a ${key.type} one.`,
    )
  }
  if (!isRsa(key.algorithm)) {
    throw new KeyError(
      'ERR_KEY_UNSUPPORTED',
      `The CryptoKey is not an RSA key for ${SCHEME}. LianLian signs with plain RSA.`,
    )
  }
  const { webDigest } = ALGORITHMS[algorithm]
  const fits = key.algorithm.hash.name === webDigest && key.usages.includes(purpose)
  if (!key.extractable && !fits) {
    throw new KeyError(
      'ERR_KEY_UNSUPPORTED',
      `The CryptoKey cannot be exported, and was not imported to ${purpose} with the hash ${webDigest}, which ${algorithm} needs: a CryptoKey is bound to its hash for good. Give the key as PEM, base64 or JWK, and llpay imports it.`,
    )
  }
  return standIn(key.algorithm)
}
