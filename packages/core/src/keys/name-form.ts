import { decodeUtf8 } from '../encoding/utf8.ts'
import { KeyError, type KeyErrorCode } from '../errors/key-error.ts'
import { decodeLoose } from './loose-base64.ts'

/** What is taken for a key: how it begins, and what it is called. */
type Forms = readonly (readonly [start: RegExp, name: string])[]

/** How text begins, or what it holds. */
const TEXTS: Forms = [
  [/BEGIN OPENSSH PRIVATE KEY-/, 'an OpenSSH private key'],
  [/^\s*ssh-rsa /, 'an OpenSSH public key'],
  [/^\s*(?:ssh|ecdsa|sk)-[\w@.-]+ AAAA/, 'an OpenSSH public key, and not of RSA'],
  [/---- BEGIN SSH2 PUBLIC KEY/, 'an SSH public key'],
  [/PuTTY-User-Key-File/, 'a PuTTY key'],
  [/BEGIN (?:NEW )?CERTIFICATE REQUEST-/, 'a certificate request'],
  [/BEGIN (?:PKCS ?#?7|CMS)/, 'a PKCS#7 bundle of certificates'],
  [/BEGIN X509 CRL-/, 'a list of revoked certificates'],
  [/BEGIN PGP /, 'a PGP key'],
  [/BEGIN EC PARAMETERS-|BEGIN EC PRIVATE KEY-/, 'an EC key (for elliptic curves)'],
  [/BEGIN (?:DSA|DH|X9\.42 DH) /, 'a key for DSA or Diffie-Hellman'],
  [/<RSAKeyValue/, 'a key in the XML of .NET (RSAKeyValue)'],
]

/** How bytes begin, in hexadecimal. */
const BYTES: Forms = [
  // A sequence that begins with version 3 and holds data.
  [/^30(?:80|8[1-4](?:..){1,4}?)02010330/, 'a PKCS#12 store (.pfx or .p12)'],
  [/^30(?:80|8[1-4](?:..){1,4}?)06092a864886f70d010702/, 'a PKCS#7 bundle of certificates'],
  [/^(?:feedfeed|cececece)/, 'a Java keystore (.jks)'],
  [/^0000000[12]000000/, 'a Bouncy Castle keystore (BKS)'],
  [/^(?:fffe|feff|2d00|002d|4d00|004d)/, 'text in UTF-16'],
]

const START = 16
/** Base64 of the first bytes, in whole groups of four digits. */
const START_DIGITS = 64

const toHex = (bytes: Uint8Array) =>
  Array.from(bytes.subarray(0, START), (byte) => byte.toString(16).padStart(2, '0')).join('')

/**
 * Names what a text or a file is that is taken for a key, and is in a form that llpay does not read;
 * `undefined` for anything else.
 */
export function nameForm(source: string | Uint8Array): string | undefined {
  const text = typeof source === 'string' ? source : (decodeUtf8(source) ?? '')
  const named = TEXTS.find(([start]) => start.test(text))?.[1]
  if (named !== undefined) return named
  const digits = text.replaceAll(/-----[^-]*-----|\s/g, '').slice(0, START_DIGITS)
  const starts = [typeof source === 'string' ? undefined : source, decodeLoose(digits)]
  return BYTES.find(([start]) =>
    starts.some((bytes) => bytes !== undefined && start.test(toHex(bytes))),
  )?.[1]
}

const CODES: Readonly<Record<string, KeyErrorCode>> = {
  'text in UTF-16': 'ERR_KEY_INVALID',
  'an EC key (for elliptic curves)': 'ERR_KEY_WRONG_KIND',
}

/** The code of the error for a form that {@link nameForm} names. */
export const codeOf = (name: string): KeyErrorCode => CODES[name] ?? 'ERR_KEY_UNSUPPORTED'

/** The error for a key that was not read: it names what it is, where that is known. */
export function nameUnread(source: string | Uint8Array, error: unknown): unknown {
  if (error instanceof KeyError && error.code === 'ERR_KEY_TOO_SMALL') return error
  const name = nameForm(source)
  return name === undefined
    ? error
    : new KeyError(
        codeOf(name),
        `This is ${name}, which llpay does not read. llpay key inspect FILE names the command that converts it.`,
      )
}
