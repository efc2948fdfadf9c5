import { KeyError } from '@llpay/core'
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
import { FOREIGN_FILES, PKCS12 } from './foreign-files.ts'
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

const CONTAINERS: Readonly<Record<DetectedKey['container'], string>> = {
  'pkcs1-private': 'PKCS#1',
  'pkcs1-public': 'PKCS#1',
  pkcs8: 'PKCS#8',
  'encrypted-pkcs8': 'PKCS#8, encrypted',
  spki: 'SubjectPublicKeyInfo',
  certificate: 'X.509',
  'ec-private': 'EC',
  'jwk-private': 'JWK',
  'jwk-public': 'JWK',
  unknown: 'unknown',
}

/** The label that PEM has for each container. */
const LABELS: Partial<Readonly<Record<DetectedKey['container'], string>>> = {
  'pkcs1-private': 'RSA PRIVATE KEY',
  'pkcs1-public': 'RSA PUBLIC KEY',
  pkcs8: 'PRIVATE KEY',
  'encrypted-pkcs8': 'ENCRYPTED PRIVATE KEY',
  spki: 'PUBLIC KEY',
  certificate: 'CERTIFICATE',
}

const ODDITIES: readonly (readonly [RegExp, string])[] = [
  [/^\uFEFF/, 'It begins with a byte order mark, which some programs cannot read.'],
  [/\r\n/, 'It has Windows line ends; some programs cannot read them.'],
  [/\\n/, 'Its line ends are written as \\n, as environment files have them.'],
  [/^\s*["']/, 'It stands in quotes.'],
]

const DER_SEQUENCE = 0x30

function refuseForeign(bytes: Uint8Array, text: string): void {
  const foreign = FOREIGN_FILES.find(([start]) => start.test(text))?.[1]
  const isPkcs12 = PKCS12.test(Buffer.from(bytes.subarray(0, 12)).toString('hex'))
  const what =
    foreign ??
    (isPkcs12
      ? 'a PKCS#12 store. Take the key out of it: openssl pkcs12 -in FILE -nodes -nocerts'
      : undefined)
  if (what !== undefined) throw new KeyError('ERR_KEY_UNSUPPORTED', `This is ${what}.`)
}

function notesOf(text: string, { container }: DetectedKey, form: KeyFacts['form']): string[] {
  const notes = ODDITIES.filter(([pattern]) => pattern.test(text)).map(([, note]) => note)
  const label = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(text)?.[1]
  const right = LABELS[container]
  if (label !== undefined && right !== undefined && label !== right) {
    notes.push(
      `Its header says ${label}, but it holds what belongs under ${right}; programs that go by the header refuse it. llpay key convert writes it right.`,
    )
  }
  if (form === 'base64') {
    notes.push(
      `It has no header: ${CONTAINERS[container]} as bare base64${container.startsWith('pkcs1') ? ', which many programs take for another form' : ''}. llpay key convert writes it as PEM.`,
    )
  }
  return notes
}

function formOf(bytes: Uint8Array, text: string, { container }: DetectedKey): KeyFacts['form'] {
  if (container.startsWith('jwk')) return 'JWK'
  if (bytes[0] === DER_SEQUENCE) return 'DER'
  return text.includes('-----BEGIN') ? 'PEM' : 'base64'
}

function readHalf(
  bytes: Uint8Array,
  detected: DetectedKey,
  passphrase: string | undefined,
): RsaPublicKey {
  if (detected.container === 'certificate') return readPublicKey(bytes)
  if (detected.container === 'encrypted-pkcs8')
    return readPrivateKey(bytes, { passphrase }).publicKey
  return isPrivate(detected) ? parsePrivateKey(bytes).publicKey : parsePublicKey(bytes)
}

/**
 * Says what a file with a key is, without showing the key.
 *
 * @throws {KeyError} for what is no RSA key that llpay could use, and says what it is instead.
 */
export function inspectKey(bytes: Uint8Array, passphrase: string | undefined): KeyFacts {
  const text = Buffer.from(bytes).toString('utf8')
  refuseForeign(bytes, text)
  const detected = detectKey(bytes)
  const key = readHalf(bytes, detected, passphrase)
  const form = formOf(bytes, text, detected)
  return {
    kind:
      detected.container === 'certificate'
        ? 'certificate'
        : isPrivate(detected)
          ? 'private key'
          : 'public key',
    container: CONTAINERS[detected.container],
    form,
    bits: key.bits,
    exponent: BigInt(`0x${Buffer.from(key.exponent).toString('hex')}`).toString(),
    fingerprint: fingerprint(key),
    isSandbox: isSandboxKey(key),
    notes: form === 'DER' ? [] : notesOf(text, detected, form),
  }
}
