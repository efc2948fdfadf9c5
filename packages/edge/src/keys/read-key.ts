import { ALGORITHMS, KeyError } from '@llpay/core/adapter'
import {
  type KeyBytes,
  type RsaJwk,
  RsaPublicKey,
  parsePrivateKey,
  parsePublicKey,
  viewBytes,
  type RsaPrivateKey,
} from '@llpay/core/keys'
import type { SignatureAlgorithm } from '@llpay/core/signing'

import type { Purpose } from '../backend/backends.ts'
import type { KeyInput } from './key-input.ts'

/** How WebCrypto calls the only padding that LianLian uses. */
export const SCHEME = 'RSASSA-PKCS1-v1_5'

/** The type of key that each purpose needs. */
const TYPES: Readonly<Record<Purpose, string>> = { sign: 'private', verify: 'public' }

/** Whether a value is a WebCrypto key, of this realm or another. */
export function isCryptoKey(value: unknown): value is CryptoKey {
  return Object.prototype.toString.call(value) === '[object CryptoKey]'
}

/** What WebCrypto reveals about an RSA key. */
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
 * CryptoKey cannot be read synchronously.
 */
function standIn({ modulusLength, publicExponent }: RsaAlgorithm): RsaPublicKey {
  const modulus = new Uint8Array(Math.ceil(modulusLength / 8)).fill(0xff)
  modulus[0] = 0xff >> (modulus.length * 8 - modulusLength)
  const start = publicExponent.findIndex((byte) => byte !== 0)
  return new RsaPublicKey({ modulus, exponent: publicExponent.slice(Math.max(start, 0)) })
}

/**
 * Checks what a CryptoKey shows without being used. Returns a stand-in with its size and exponent.
 *
 * @throws {KeyError} `ERR_KEY_WRONG_KIND`, `ERR_KEY_UNSUPPORTED`, `ERR_KEY_TOO_SMALL`.
 */
function checkCryptoKey(
  key: CryptoKey,
  purpose: Purpose,
  algorithm: SignatureAlgorithm,
): RsaPublicKey {
  if (key.type !== TYPES[purpose]) {
    throw new KeyError('ERR_KEY_WRONG_KIND', {
      reason: 'crypto-key.wrong-type',
      message: `The CryptoKey is a ${key.type} key, expected a ${TYPES[purpose]} key.`,
      params: { type: key.type, expected: TYPES[purpose] },
    })
  }
  if (!isRsa(key.algorithm)) {
    throw new KeyError('ERR_KEY_UNSUPPORTED', {
      reason: 'crypto-key.not-rsa',
      message: `The CryptoKey is not an RSA key for ${SCHEME}. LianLian signs with plain RSA.`,
      params: { scheme: SCHEME },
    })
  }
  const { webDigest } = ALGORITHMS[algorithm]
  const fits = key.algorithm.hash.name === webDigest && key.usages.includes(purpose)
  if (!key.extractable && !fits) {
    throw new KeyError('ERR_KEY_UNSUPPORTED', {
      reason: 'crypto-key.wrong-hash',
      message: `The CryptoKey cannot be exported, and was not imported to ${purpose} with the hash ${webDigest}, which ${algorithm} needs. A CryptoKey is bound to its hash.`,
      hint: 'Supply the key as PEM, base64 or JWK, and llpay imports it.',
      params: { purpose, hash: webDigest, algorithm },
    })
  }
  return standIn(key.algorithm)
}

/** A key whose numbers were read, or one that only WebCrypto can look into. */
export type KeySource<Key> =
  | { readonly kind: 'numbers'; readonly numbers: Key }
  | { readonly kind: 'crypto-key'; readonly key: CryptoKey; readonly standIn: RsaPublicKey }

function requireReadable(source: KeyInput): string | Uint8Array | RsaJwk {
  const given = viewBytes<Exclude<KeyInput, KeyBytes>>(source)
  if (typeof given === 'string' || given instanceof Uint8Array) return given
  // A missing key is refused where keys are parsed.
  if (typeof given !== 'object' || given === null || !('type' in given)) return given
  throw new KeyError('ERR_KEY_UNSUPPORTED', {
    reason: 'key.foreign-object',
    message: 'The key is an object that is neither a JWK nor a CryptoKey of this runtime.',
    hint: 'Supply PEM, base64, DER bytes, a JWK or a CryptoKey; @llpay/node accepts a KeyObject.',
  })
}

/** Reads a private key, as far as that works synchronously. */
export function readPrivateSource(
  source: KeyInput,
  algorithm: SignatureAlgorithm,
): KeySource<RsaPrivateKey> {
  if (isCryptoKey(source)) {
    return { kind: 'crypto-key', key: source, standIn: checkCryptoKey(source, 'sign', algorithm) }
  }
  return { kind: 'numbers', numbers: parsePrivateKey(requireReadable(source)) }
}

/** Reads a public key, as far as that works synchronously. */
export function readPublicSource(
  source: KeyInput,
  algorithm: SignatureAlgorithm,
): KeySource<RsaPublicKey> {
  if (isCryptoKey(source)) {
    return { kind: 'crypto-key', key: source, standIn: checkCryptoKey(source, 'verify', algorithm) }
  }
  return { kind: 'numbers', numbers: parsePublicKey(requireReadable(source)) }
}

/** The same error with another hint or cause. */
export function withHint(error: KeyError, hint: string | undefined, cause: unknown): KeyError {
  const { code, reason, message, params, zh } = error
  return new KeyError(code, { reason, message, hint, params, zh }, { cause })
}
