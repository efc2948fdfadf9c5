import { KeyError } from '@llpay/core'
import {
  detectKey,
  isSandboxKey,
  parsePrivateKey,
  parsePublicKey,
  type DetectedKey,
  type RsaPublicKey,
} from '@llpay/core/keys'
import { diagnoseKey } from '@llpay/core/keys/diagnose-key'
import { readPrivateKey, readPublicKey } from '@llpay/node'

import { t, type Phrase } from '../output/language.ts'
import { errorText } from '../program/errors.ts'
import { fingerprint, isPrivate } from './any-key.ts'
import { CONTAINER_NAMES, noteKey, type KeyNote } from './key-notes.ts'

/** What a file with a key is, without the key. */
export interface KeyFacts {
  readonly kind: 'private key' | 'public key' | 'certificate'
  readonly container: string
  readonly form: 'PEM' | 'base64' | 'DER' | 'JWK'
  readonly bits: number
  readonly exponent: string
  /** SHA-256 over the SubjectPublicKeyInfo, base64: the same for both halves of a pair. */
  readonly fingerprint: string
  readonly isSandbox: boolean
  /** What is odd about the file; llpay reads it all the same. */
  readonly notes: readonly KeyNote[]
}

/** The kinds in words. */
export const KINDS: Readonly<Record<KeyFacts['kind'], Phrase>> = {
  'private key': t('private key', '私钥'),
  'public key': t('public key', '公钥'),
  certificate: t('certificate', '证书'),
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

function readHalf(
  bytes: Uint8Array,
  detected: DetectedKey,
  passphrase: string | undefined,
): RsaPublicKey {
  const { container } = detected
  if (container === 'unknown') {
    throw new KeyError(
      'ERR_KEY_INVALID',
      errorText(
        'key.not-a-key',
        t(
          'This is not a key: neither PKCS#1, PKCS#8 nor SubjectPublicKeyInfo, nor a certificate.',
          '这不是密钥：既不是 PKCS#1、PKCS#8、SubjectPublicKeyInfo，也不是证书。',
        ),
        t('Export it again from its source.', '请从来源重新导出。'),
      ),
    )
  }
  if (container === 'certificate') return readPublicKey(bytes)
  if (container.startsWith('encrypted')) return readPrivateKey(bytes, { passphrase }).publicKey
  return isPrivate(detected) ? parsePrivateKey(bytes).publicKey : parsePublicKey(bytes)
}

/**
 * Says what a file with a key is, without showing the key.
 *
 * @throws {KeyError} for what is not an RSA key that llpay could use, and says what it is instead.
 */
export function inspectKey(
  bytes: Uint8Array,
  passphrase: string | undefined,
  now: Date = new Date(),
): KeyFacts {
  const text = Buffer.from(bytes).toString('utf8')
  try {
    const detected = detectKey(bytes)
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
    throw diagnoseKey(bytes, error)
  }
}
