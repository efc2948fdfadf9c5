import { decodeLoose, decodeUtf8 } from '../encoding.ts'
import { KeyError } from '../errors/key-error.ts'
import { type DerElement, readSequence, readUnsigned, TAG } from './der.ts'
import type { RsaPrivateNumbers, RsaPublicNumbers } from './rsa-key.ts'

/** What a DER structure holds, judged by its shape. */
export type Container =
  | 'pkcs1-private'
  | 'pkcs1-public'
  | 'pkcs8'
  | 'encrypted-pkcs8'
  | 'spki'
  | 'certificate'
  | 'ec-private'
  | 'unknown'

/** What a user would call each container. */
export const CONTAINER_NAME: Readonly<Record<Container, string>> = {
  'pkcs1-private': 'a PKCS#1 RSA private key',
  'pkcs1-public': 'a PKCS#1 RSA public key',
  pkcs8: 'a PKCS#8 private key',
  'encrypted-pkcs8': 'an encrypted PKCS#8 private key',
  spki: 'a public key',
  certificate: 'an X.509 certificate',
  'ec-private': 'an EC private key',
  unknown: 'not a known kind of key',
}

const { integer, bitString, octetString, sequence } = TAG
const SHAPES: readonly (readonly [Container, readonly number[]])[] = [
  ['pkcs1-private', Array.from({ length: 9 }, () => integer)],
  ['pkcs8', [integer, sequence, octetString]],
  ['ec-private', [integer, octetString]],
  ['encrypted-pkcs8', [sequence, octetString]],
  ['spki', [sequence, bitString]],
  ['certificate', [sequence, sequence, bitString]],
]

/** Identifies what DER bytes hold, and returns the elements of their outer sequence. */
export function openContainer(der: Uint8Array): {
  readonly container: Container
  readonly elements: readonly DerElement[]
} {
  const elements = readSequence(der)
  const container =
    elements.length === 2 && elements.every((element) => element.tag === integer)
      ? 'pkcs1-public'
      : SHAPES.find(([, tags]) => tags.every((tag, index) => elements[index]?.tag === tag))?.[0]
  return { container: container ?? 'unknown', elements }
}

/** Reads the elements of a PKCS#1 RSAPublicKey. */
export function readPkcs1Public(elements: readonly DerElement[]): RsaPublicNumbers {
  const [modulus, exponent, ...rest] = elements
  if (rest.length > 0) throw unexpected()
  return { modulus: readUnsigned(modulus), exponent: readUnsigned(exponent) }
}

/** Reads the elements of a PKCS#1 RSAPrivateKey with two primes. */
export function readPkcs1Private(elements: readonly DerElement[]): RsaPrivateNumbers {
  const [version, n, e, d, p, q, dp, dq, qi, ...rest] = elements
  if (rest.length > 0 || readUnsigned(version).some((byte) => byte !== 0)) throw unexpected()
  return {
    modulus: readUnsigned(n),
    exponent: readUnsigned(e),
    privateExponent: readUnsigned(d),
    prime1: readUnsigned(p),
    prime2: readUnsigned(q),
    exponent1: readUnsigned(dp),
    exponent2: readUnsigned(dq),
    coefficient: readUnsigned(qi),
  }
}

/** Reads a PKCS#1 RSAPrivateKey from its DER bytes. */
export function readPkcs1PrivateBytes(der: Uint8Array): RsaPrivateNumbers {
  return readPkcs1Private(readSequence(der))
}

const unexpected = () =>
  new KeyError('ERR_KEY_UNSUPPORTED', {
    reason: 'key.rsa-version',
    message: 'The RSA key has more than two primes, or an unknown version.',
    hint: 'Generate a plain 2048-bit RSA key pair.',
  })

/** Formats that people take for a key: how the text, or its bytes in hexadecimal, look, and the name. */
export type Formats = readonly (readonly [look: RegExp, name: string])[]

const PKCS7 = 'PKCS#7 certificates'

/** The most frequent ones; diagnose-key has more. */
const FORMATS: Formats = [
  [/BEGIN OPENSSH PRIVATE KEY-/, 'OpenSSH private key'],
  [/BEGIN (?:PKCS ?#?7|CMS)/, PKCS7],
  [/<RSAKeyValue/, 'XML of .NET (RSAKeyValue)'],
  // A sequence that begins with version 3 and data.
  [/^30(?:80|8[1-4](?:..){1,4}?)02010330/, 'PKCS#12 store (.pfx or .p12)'],
  [/^30(?:80|8[1-4](?:..){1,4}?)06092a864886f70d010702/, PKCS7],
  [/^(?:feedfeed|cececece)/, 'Java keystore (.jks)'],
]

const START = 16
/** Base64 of the first bytes, in whole groups of four digits. */
const START_DIGITS = 64

const toHex = (bytes: Uint8Array) =>
  Array.from(bytes.subarray(0, START), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Names the format of a text or file that llpay does not read; `undefined` for anything else. */
export function nameFormat(source: string | Uint8Array, more: Formats = []): string | undefined {
  const text = typeof source === 'string' ? source : (decodeUtf8(source) ?? '')
  const digits = text.replaceAll(/-----[^-]*-----|\s/g, '').slice(0, START_DIGITS)
  const bytes = [typeof source === 'string' ? undefined : source, decodeLoose(digits)]
  const looks = [text, ...bytes.map((each) => toHex(each ?? new Uint8Array()))]
  return [...FORMATS, ...more].find(([pattern]) => looks.some((look) => pattern.test(look)))?.[1]
}

/** The error for a key that could not be read: it names the format, where that is known. */
export function unreadKey(source: string | Uint8Array, error: unknown): unknown {
  const format = nameFormat(source)
  return format === undefined
    ? error
    : new KeyError('ERR_KEY_UNSUPPORTED', {
        reason: 'key.format',
        message: `llpay does not read this format: ${format}.`,
        hint: 'llpay key inspect FILE prints the command that converts it.',
        params: { format },
      })
}
