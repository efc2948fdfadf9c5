import { ALGORITHMS } from '@llpay/core/adapter'
import type { SignatureAlgorithm, Signer, Verifier } from '@llpay/core/signing'

import { SCHEME } from '../keys/read-key.ts'
import type { Backend } from './backends.ts'

const paramsOf = (algorithm: SignatureAlgorithm) => ({
  name: SCHEME,
  hash: ALGORITHMS[algorithm].webDigest,
})

/** Makes a signer of a key that WebCrypto holds. */
export function webcryptoSigner(key: CryptoKey, algorithm: SignatureAlgorithm): Signer {
  return {
    algorithm,
    sign: async (message) => new Uint8Array(await crypto.subtle.sign(SCHEME, key, message.slice())),
  }
}

/** Makes a verifier of a key that WebCrypto holds; a signature must have the modulus's length. */
export function webcryptoVerifier(
  key: CryptoKey,
  bits: number,
  algorithm: SignatureAlgorithm,
): Verifier {
  const length = Math.ceil(bits / 8)
  return {
    algorithm,
    verify: async (message, signature) =>
      signature.length === length &&
      crypto.subtle.verify(SCHEME, key, signature.slice(), message.slice()),
  }
}

/**
 * WebCrypto, with keys that cannot be exported again. MD5 is not part of the standard: workerd has it,
 * Node and Bun refuse it at import, Deno at the first signature.
 */
export function webcryptoBackend(): Backend | undefined {
  if (globalThis.crypto?.subtle === undefined) return undefined
  return {
    name: 'webcrypto',
    async openSigner(key, algorithm) {
      const params = paramsOf(algorithm)
      const handle = await crypto.subtle.importKey('pkcs8', key.pkcs8.slice(), params, false, [
        'sign',
      ])
      return webcryptoSigner(handle, algorithm)
    },
    async openVerifier(key, algorithm) {
      const params = paramsOf(algorithm)
      const handle = await crypto.subtle.importKey('spki', key.spki.slice(), params, false, [
        'verify',
      ])
      return webcryptoVerifier(handle, key.bits, algorithm)
    },
  }
}
