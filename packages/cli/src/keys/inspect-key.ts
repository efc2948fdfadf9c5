import { createPrivateKey, createPublicKey } from 'node:crypto'

import { isLLPayError, KeyError } from '@llpay/core'
import {
  detectKey,
  isSandboxKey,
  parsePrivateKey,
  parsePublicKey,
  type DetectedKey,
  type RsaPublicKey,
} from '@llpay/core/keys'
import { readPrivateKey, readPublicKey } from '@llpay/node'

import { fingerprint } from './fingerprint.ts'
import { refuseForeign } from './foreign-files.ts'
import { CONTAINER_NAMES, noteKey } from './key-notes.ts'
import { explainMangled } from './mangled-text.ts'
import { isPrivate } from './read-any-key.ts'

/** What a file with a key is, without the key. */
export interface KeyFacts {
  readonly kind: 'private key' | 'public key' | 'certificate'
  readonly container: string
  readonly form: 'PEM' | 'base64' | 'DER' | 'JWK'
  readonly bits: number
  /** The public exponent. */
  readonly exponent: string
  /** SHA-256 over the SubjectPublicKeyInfo, base64: the same for both halves of a pair. */
  readonly fingerprint: string
  readonly isSandbox: boolean
  /** What is odd about the file; llpay reads it all the same. */
  readonly notes: readonly string[]
}

const DER_SEQUENCE = 0x30

function formOf(bytes: Uint8Array, text: string, { container }: DetectedKey): KeyFacts['form'] {
  if (container.startsWith('jwk')) return 'JWK'
  if (bytes[0] === DER_SEQUENCE) return 'DER'
  return text.includes('-----BEGIN') ? 'PEM' : 'base64'
}

function kindOf(detected: DetectedKey): KeyFacts['kind'] {
  if (detected.container === 'certificate') return 'certificate'
  return isPrivate(detected) ? 'private key' : 'public key'
}

/** The kind of a key that is not for RSA, as node:crypto names it. */
function foreignKind({ container, der }: DetectedKey): string | undefined {
  const key = Buffer.from(der)
  try {
    const handle =
      container === 'spki'
        ? createPublicKey({ key, format: 'der', type: 'spki' })
        : createPrivateKey({ key, format: 'der', type: 'pkcs8' })
    return handle.asymmetricKeyType
  } catch {
    return undefined
  }
}

function readHalf(
  bytes: Uint8Array,
  detected: DetectedKey,
  passphrase: string | undefined,
): RsaPublicKey {
  const { container } = detected
  if (container === 'unknown') {
    throw new KeyError(
      'ERR_KEY_INVALID',
      'This is no key: neither PKCS#1, PKCS#8 nor SubjectPublicKeyInfo, and no certificate. Export it again from where it was made.',
    )
  }
  if (container === 'certificate') return readPublicKey(bytes)
  if (container.startsWith('encrypted')) return readPrivateKey(bytes, { passphrase }).publicKey
  return isPrivate(detected) ? parsePrivateKey(bytes).publicKey : parsePublicKey(bytes)
}

/** Says more exactly what is wrong with a key that cannot be read, where that can be told. */
function explain(error: unknown, text: string, detected: DetectedKey | undefined): unknown {
  if (!isLLPayError(error)) return error
  if (error.code === 'ERR_KEY_INVALID') {
    const says = explainMangled(text)
    return says === undefined ? error : new KeyError('ERR_KEY_INVALID', says)
  }
  const kind = detected === undefined ? undefined : foreignKind(detected)
  return error.code !== 'ERR_KEY_UNSUPPORTED' || kind === undefined || kind === 'rsa'
    ? error
    : new KeyError(
        'ERR_KEY_UNSUPPORTED',
        `This is a key of the kind ${kind}. LianLian signs with RSA: llpay key new makes a pair.`,
      )
}

/**
 * Says what a file with a key is, without showing the key.
 *
 * @throws {KeyError} for what is no RSA key that llpay could use, and says what it is instead.
 */
export function inspectKey(
  bytes: Uint8Array,
  passphrase: string | undefined,
  now: Date = new Date(),
): KeyFacts {
  const text = Buffer.from(bytes).toString('utf8')
  refuseForeign(bytes, text)
  let detected: DetectedKey | undefined
  try {
    detected = detectKey(bytes)
    const key = readHalf(bytes, detected, passphrase)
    const form = formOf(bytes, text, detected)
    return {
      kind: kindOf(detected),
      container: CONTAINER_NAMES[detected.container],
      form,
      bits: key.bits,
      exponent: BigInt(`0x${Buffer.from(key.exponent).toString('hex')}`).toString(),
      fingerprint: fingerprint(key),
      isSandbox: isSandboxKey(key),
      notes: noteKey(form === 'DER' ? undefined : text, detected, now),
    }
  } catch (error) {
    throw explain(error, text, detected)
  }
}
