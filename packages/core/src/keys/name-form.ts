import { decodeUtf8 } from '../encoding/utf8.ts'
import { KeyError } from '../errors/key-error.ts'
import { decodeLoose } from './loose-base64.ts'

/** What is taken for a key: how it begins, or what it holds, and what it is called. */
export type Forms = readonly (readonly [start: RegExp, name: string])[]

const PKCS7 = 'a PKCS#7 bundle of certificates'

/** The most frequent ones; diagnose-key knows more. Those of bytes are in hexadecimal. */
const FORMS: Forms = [
  [/BEGIN OPENSSH PRIVATE KEY-/, 'an OpenSSH private key'],
  [/BEGIN (?:PKCS ?#?7|CMS)/, PKCS7],
  [/<RSAKeyValue/, 'a key in the XML of .NET (RSAKeyValue)'],
  // A sequence that begins with version 3 and holds data.
  [/^30(?:80|8[1-4](?:..){1,4}?)02010330/, 'a PKCS#12 store (.pfx or .p12)'],
  [/^30(?:80|8[1-4](?:..){1,4}?)06092a864886f70d010702/, PKCS7],
  [/^(?:feedfeed|cececece)/, 'a Java keystore (.jks)'],
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
export function nameForm(source: string | Uint8Array, more: Forms = []): string | undefined {
  const text = typeof source === 'string' ? source : (decodeUtf8(source) ?? '')
  const digits = text.replaceAll(/-----[^-]*-----|\s/g, '').slice(0, START_DIGITS)
  const bytes = [typeof source === 'string' ? undefined : source, decodeLoose(digits)]
  const looks = [text, ...bytes.map((each) => toHex(each ?? new Uint8Array()))]
  return [...FORMS, ...more].find(([start]) => looks.some((look) => start.test(look)))?.[1]
}

/** The error for a key that was not read: it names what it is, where that is known. */
export function nameUnread(source: string | Uint8Array, error: unknown): unknown {
  const name = nameForm(source)
  return name === undefined
    ? error
    : new KeyError(
        'ERR_KEY_UNSUPPORTED',
        `This is ${name}. llpay key inspect FILE names the command that converts it.`,
      )
}
