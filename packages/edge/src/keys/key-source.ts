import { KeyError } from '@llpay/core/adapter'
import {
  parsePrivateKey,
  parsePublicKey,
  viewBytes,
  type KeyBytes,
  type RsaJwk,
  type RsaPrivateKey,
  type RsaPublicKey,
} from '@llpay/core/keys'
import type { SignatureAlgorithm } from '@llpay/core/signing'

import { checkCryptoKey, isCryptoKey } from './crypto-key.ts'
import type { KeyInput } from './key-input.ts'

/** A key whose numbers were read, or one that only WebCrypto can look into. */
export type KeySource<Key> =
  | { readonly kind: 'numbers'; readonly numbers: Key }
  | { readonly kind: 'crypto-key'; readonly key: CryptoKey; readonly standIn: RsaPublicKey }

function requireReadable(source: KeyInput): string | Uint8Array | RsaJwk {
  const given = viewBytes<Exclude<KeyInput, KeyBytes>>(source)
  if (typeof given === 'string' || given instanceof Uint8Array) return given
  // What is not given at all is refused where keys are read.
  if (typeof given !== 'object' || given === null || !('type' in given)) return given
  throw new KeyError(
    'ERR_KEY_UNSUPPORTED',
    'The key is an object that is neither a JWK nor a CryptoKey of this runtime. Give PEM, base64, DER bytes, a JWK or a CryptoKey; @llpay/node takes a KeyObject.',
  )
}

/** Reads a private key as far as that is possible without waiting. */
export function readPrivateSource(
  source: KeyInput,
  algorithm: SignatureAlgorithm,
): KeySource<RsaPrivateKey> {
  if (isCryptoKey(source)) {
    return { kind: 'crypto-key', key: source, standIn: checkCryptoKey(source, 'sign', algorithm) }
  }
  return { kind: 'numbers', numbers: parsePrivateKey(requireReadable(source)) }
}

/** Reads a public key as far as that is possible without waiting. */
export function readPublicSource(
  source: KeyInput,
  algorithm: SignatureAlgorithm,
): KeySource<RsaPublicKey> {
  if (isCryptoKey(source)) {
    return { kind: 'crypto-key', key: source, standIn: checkCryptoKey(source, 'verify', algorithm) }
  }
  return { kind: 'numbers', numbers: parsePublicKey(requireReadable(source)) }
}
