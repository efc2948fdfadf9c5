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
      {
        reason: 'sign.algorithm-refused',
        message: `This Node.js does not sign with ${algorithm}. OpenSSL refuses MD5 in FIPS mode.`,
        hint: 'Sign elsewhere: supply your own Signer as privateKey.',
        params: { algorithm },
        zh: {
          message: `当前 Node.js 无法用 ${algorithm} 签名。FIPS 模式下 OpenSSL 拒绝 MD5。`,
          hint: '请在别处签名：将自己的 Signer 作为 privateKey。',
        },
      },
      { cause: summarizeCause(error) },
    )
  }
  return new SigningError(
    'ERR_SIGN_FAILED',
    {
      reason: 'sign.node-crypto',
      message: 'node:crypto could not sign with the private key.',
      hint: 'Check the key, and whether Node.js runs in FIPS mode.',
      zh: {
        message: 'node:crypto 无法用该私钥签名。',
        hint: '请检查密钥，以及 Node.js 是否处于 FIPS 模式。',
      },
    },
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
 * Makes a signer from a key of node:crypto. The first signature in a turn of the event loop is made
 * there, which is cheapest; the others of that turn go to the thread pool, so that a burst does not
 * block the event loop. See docs/decisions/0008.
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

/** Makes a verifier from a key of node:crypto; a signature must have the modulus's length. */
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
