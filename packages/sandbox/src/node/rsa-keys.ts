import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import { promisify } from 'node:util'

import { parsePublicKey, SANDBOX_EXPONENT } from '@llpay/core/keys'
import type { Signer, Verifier } from '@llpay/core/signing'

const BITS = 2048
const DIGEST = 'RSA-MD5'
const ALGORITHM = 'MD5withRSA'

/** A key pair as PEM. */
export interface PemPair {
  readonly privateKey: string
  readonly publicKey: string
}

const generate = promisify(generateKeyPair)

/** Generates a pair whose public exponent marks it as a sandbox's. */
export async function generateSandboxPair(): Promise<PemPair> {
  return generate('rsa', {
    modulusLength: BITS,
    publicExponent: SANDBOX_EXPONENT,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
}

/** The public half of a private key, as PEM. */
export function publicHalfOf(privateKey: string): string {
  return createPublicKey(createPrivateKey(privateKey))
    .export({ type: 'spki', format: 'pem' })
    .toString()
}

/** Signs with a private key. */
export function signerOf(privateKey: string): Signer {
  const key = createPrivateKey(privateKey)
  return {
    algorithm: ALGORITHM,
    sign: async (message) => new Uint8Array(sign(DIGEST, message, key)),
  }
}

/** Verifies with a public key in any form that llpay reads. */
export function verifierOf(publicKey: string | Uint8Array): Verifier {
  const { spki } = parsePublicKey(publicKey)
  const key: KeyObject = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  return {
    algorithm: ALGORITHM,
    verify: async (message, signature) => verify(DIGEST, message, key, signature),
  }
}
