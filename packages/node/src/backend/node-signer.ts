import { sign, type KeyObject } from 'node:crypto'

import { SigningError } from '@llpay/core'
import { summarizeCause } from '@llpay/core/adapter'
import { ALGORITHMS, type SignatureAlgorithm, type Signer } from '@llpay/core/signing'

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

/** Makes a signer of a key that node:crypto holds. */
export function nodeSigner(key: KeyObject, algorithm: SignatureAlgorithm): Signer {
  const { digest } = ALGORITHMS[algorithm]
  return {
    algorithm,
    async sign(message) {
      try {
        const signature = sign(digest, message, key)
        return new Uint8Array(signature.buffer, signature.byteOffset, signature.byteLength)
      } catch (error) {
        throw translate(error, algorithm)
      }
    },
  }
}
