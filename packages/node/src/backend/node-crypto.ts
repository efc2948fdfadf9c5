import { sign, type KeyObject, verify } from 'node:crypto'

import { SigningError } from '@llpay/core'
import { summarizeCause } from '@llpay/core/adapter'
import {
  ALGORITHMS,
  type SignatureAlgorithm,
  type Signer,
  type Verifier,
} from '@llpay/core/signing'

const UNSUPPORTED_CODES = new Set([
  'ERR_OSSL_EVP_UNSUPPORTED',
  'ERR_OSSL_INVALID_DIGEST',
  'ERR_CRYPTO_INVALID_DIGEST',
])

function translate(error: unknown, algorithm: SignatureAlgorithm): SigningError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (typeof code === 'string' && UNSUPPORTED_CODES.has(code)) {
    return new SigningError(
      'ERR_ALGORITHM_UNSUPPORTED',
      `This Node.js does not sign with ${algorithm}; in FIPS mode OpenSSL refuses MD5. Sign elsewhere: give a Signer of your own as privateKey.`,
      { cause: summarizeCause(error) },
    )
  }
  return new SigningError(
    'ERR_SIGN_FAILED',
    'node:crypto could not sign with the private key. Check the key, and that Node.js is not restricted.',
    { cause: summarizeCause(error) },
  )
}

/** Signs on the thread pool of Node.js, which copies the message. */
function signOnPool(digest: string, message: Uint8Array, key: KeyObject): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    sign(digest, message, key, (error, signature) => {
      if (error === null) resolve(signature)
      else reject(error)
    })
  })
}

/**
 * Makes a signer of a key that node:crypto holds. The first signature in a turn of the event loop is
 * made there, which is the cheapest; what else is to be signed in that turn goes to the thread pool, so
 * that a burst holds nothing up. See docs/decisions/0008.
 */
export function nodeSigner(key: KeyObject, algorithm: SignatureAlgorithm): Signer {
  const { digest } = ALGORITHMS[algorithm]
  let isTaken = false
  const release = () => {
    isTaken = false
  }
  return {
    algorithm,
    async sign(message) {
      try {
        const isBurst = isTaken
        isTaken = true
        if (!isBurst) setImmediate(release)
        const signature = isBurst
          ? await signOnPool(digest, message, key)
          : sign(digest, message, key)
        return new Uint8Array(signature.buffer, signature.byteOffset, signature.byteLength)
      } catch (error) {
        throw translate(error, algorithm)
      }
    },
  }
}

/** Makes a verifier of a key that node:crypto holds; a signature must have the modulus's length. */
export function nodeVerifier(
  key: KeyObject,
  bits: number,
  algorithm: SignatureAlgorithm,
): Verifier {
  const { digest } = ALGORITHMS[algorithm]
  const length = Math.ceil(bits / 8)
  return {
    algorithm,
    async verify(message, signature) {
      return signature.length === length && verify(digest, message, key, signature)
    },
  }
}
