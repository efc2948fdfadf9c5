import { isLLPayError, KeyError, SigningError, summarizeCause } from '@llpay/core/adapter'
import {
  parsePrivateKey,
  parsePublicKey,
  type RsaPrivateKey,
  type RsaPublicKey,
} from '@llpay/core/keys'
import type { SignatureAlgorithm, Signer, Verifier } from '@llpay/core/signing'

import { backendsToTry, type BackendName, type BackendOptions } from '../backend/backends.ts'
import type { Need } from '../backend/probe.ts'
import { withFirstBackend } from '../backend/select-backend.ts'
import { webcryptoSigner, webcryptoVerifier } from '../backend/webcrypto.ts'
import type { KeySource } from './read-key.ts'

/** A signer that works here: it has signed the first message. */
export interface OpenedSigner {
  readonly backend: BackendName
  readonly signer: Signer
  readonly signature: Uint8Array
}

/** A verifier that works here: it has verified once. */
export interface OpenedVerifier {
  readonly backend: BackendName
  readonly verifier: Verifier
}

/**
 * Uses a CryptoKey that cannot be exported: WebCrypto is its only backend.
 *
 * @throws {KeyError} `ERR_KEY_UNSUPPORTED`.
 */
async function useSealed<T>(
  use: () => Promise<T>,
  { purpose, algorithm, options }: Need,
): Promise<T> {
  let cause: Error | undefined
  try {
    if (backendsToTry(options).includes('webcrypto')) return await use()
  } catch (error) {
    cause = summarizeCause(error)
  }
  throw new KeyError(
    'ERR_KEY_UNSUPPORTED',
    {
      reason: 'crypto-key.unusable',
      message: `Nothing in this runtime can ${purpose} with ${algorithm} and this CryptoKey, which cannot be exported.`,
      hint: 'Supply the key as PEM, base64 or JWK.',
      params: { purpose, algorithm },
    },
    { cause },
  )
}

/** Turns what a backend throws while signing into an llpay error. */
async function translated<T>(sign: () => Promise<T>): Promise<T> {
  try {
    return await sign()
  } catch (error) {
    if (isLLPayError(error)) throw error
    throw new SigningError(
      'ERR_SIGN_FAILED',
      {
        reason: 'sign.failed',
        message:
          'The runtime could not sign with the private key, although it accepted the key before. Nothing was sent.',
      },
      { cause: summarizeCause(error) },
    )
  }
}

const exported = async (key: CryptoKey, format: 'pkcs8' | 'spki') =>
  new Uint8Array(await crypto.subtle.exportKey(format, key))

/**
 * Opens a private key with the first backend that signs the message: some runtimes import a key that
 * they cannot use.
 *
 * @throws {SigningError} `ERR_ALGORITHM_UNSUPPORTED` when no backend works, `ERR_SIGN_FAILED`.
 * @throws {KeyError} `ERR_KEY_UNSUPPORTED` when a CryptoKey that cannot be exported does not work.
 */
export async function openSigner(
  source: KeySource<RsaPrivateKey>,
  algorithm: SignatureAlgorithm,
  options: BackendOptions,
  message: Uint8Array,
): Promise<OpenedSigner> {
  const need: Need = { purpose: 'sign', algorithm, options }
  const signed = async (backend: BackendName, signer: Signer): Promise<OpenedSigner> => {
    const signature = await signer.sign(message)
    const sign: Signer['sign'] = (next) => translated(() => signer.sign(next))
    return { backend, signer: { algorithm, sign }, signature }
  }
  return translated(async () => {
    if (source.kind === 'crypto-key' && !source.key.extractable) {
      const signer = webcryptoSigner(source.key, algorithm)
      return useSealed(() => signed('webcrypto', signer), need)
    }
    const key =
      source.kind === 'numbers'
        ? source.numbers
        : parsePrivateKey(await exported(source.key, 'pkcs8'))
    return withFirstBackend(need, async (backend) =>
      signed(backend.name, await backend.openSigner(key, algorithm)),
    )
  })
}

/**
 * Opens a public key with the first backend that can verify with it.
 *
 * @throws {SigningError} `ERR_ALGORITHM_UNSUPPORTED` when no backend works.
 * @throws {KeyError} `ERR_KEY_UNSUPPORTED` when a CryptoKey that cannot be exported does not work.
 */
export async function openVerifier(
  source: KeySource<RsaPublicKey>,
  algorithm: SignatureAlgorithm,
  options: BackendOptions,
): Promise<OpenedVerifier> {
  const need: Need = { purpose: 'verify', algorithm, options }
  const { bits } = source.kind === 'numbers' ? source.numbers : source.standIn
  const tryOut = (verifier: Verifier) =>
    verifier.verify(new Uint8Array(), new Uint8Array(Math.ceil(bits / 8)))
  if (source.kind === 'crypto-key' && !source.key.extractable) {
    const verifier = webcryptoVerifier(source.key, bits, algorithm)
    await useSealed(() => tryOut(verifier), need)
    return { backend: 'webcrypto', verifier }
  }
  const key =
    source.kind === 'numbers' ? source.numbers : parsePublicKey(await exported(source.key, 'spki'))
  return withFirstBackend(need, async (backend) => {
    const verifier = await backend.openVerifier(key, algorithm)
    await tryOut(verifier)
    return { backend: backend.name, verifier }
  })
}
