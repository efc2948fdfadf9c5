import { decodeBase64 } from '../encoding/base64.ts'
import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import type { JsonValue } from '../json/json-value.ts'
import { readJson } from '../json/read-json.ts'
import { fromHex, latin1Bytes } from './bytes.ts'
import type { Cause } from './cause.ts'
import { WRAPPERS } from './wrappers.ts'

/** What a function returns; `undefined` where it throws. */
export function tryTo<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/**
 * Reads JSON text in words that fit any message; `undefined` for text that is not JSON.
 *
 * @throws {ProtocolError} `ERR_REPLY_DUPLICATE_MEMBER`, `ERR_REPLY_INVALID`.
 */
export function readMessageValue(text: string): JsonValue | undefined {
  try {
    return readJson(text)
  } catch (error) {
    if (!isLLPayError(error)) throw error
    if (error.code === 'ERR_REPLY_NOT_JSON') return undefined
    if (error.code === 'ERR_REPLY_DUPLICATE_MEMBER') {
      throw new ProtocolError(
        'ERR_REPLY_DUPLICATE_MEMBER',
        'The message has a member twice, so that two readers may see two different messages. Send each member once.',
      )
    }
    throw new ProtocolError(
      'ERR_REPLY_INVALID',
      holdsHalfCharacter(text)
        ? 'The message holds half a character (a lone surrogate), which UTF-8 cannot carry.'
        : 'The message nests deeper than 16 levels.',
    )
  }
}

function holdsHalfCharacter(text: string): boolean {
  const whole = /^[^\ud800-\udfff]*$/u
  let isWhole = whole.test(text)
  tryTo(() =>
    JSON.parse(text, (name, value: unknown) => {
      isWhole &&= whole.test(name) && (typeof value !== 'string' || whole.test(value))
      return value
    }),
  )
  return !isWhole
}

/** What people give in place of a message. */
const NO_MESSAGE: readonly (readonly [RegExp, string])[] = [
  [/^\s*$/, 'It is empty. '],
  [/^\s*-----BEGIN /, 'It is a key or a certificate: give keys with --key. '],
  [/^\s*</, 'It is HTML or XML: a server between here and LianLian answered, not its gateway. '],
  [/^\s*[\w.%+-]+=/, 'It is a form, or a text that was signed already: LianLian takes JSON. '],
  [/^\s*\{\s*'/, 'It is not JSON, which has double quotes alone. '],
  [/^\s*\{/, 'It is not valid JSON: it was cut off, or altered. '],
]

/** Decodes base64 as people copy it: with line ends, without padding, in the alphabet of URLs. */
function looseBase64(text: string): Uint8Array | undefined {
  const bare = text.replaceAll(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/')
  const body = bare.replace(/=*$/, '')
  return decodeBase64(body.padEnd(Math.ceil(body.length / 4) * 4, '='))
}

const HEX = /^(?:[0-9a-f]{2}\s*){8,}$/i
const BASE64 = /^[A-Za-z0-9+/_-]{16}[A-Za-z0-9+/_\s-]*={0,2}\s*$/

/** `b'{"acct_name":"\xe5…"}'`, as Python shows bytes. */
function pythonBytes(text: string): Uint8Array | undefined {
  const inner = text.slice(2, -1)
  if (!/^[\x20-\x7e]*$/.test(inner)) return undefined
  const plain = inner.replaceAll(/\\(?:x([0-9a-f]{2})|([\\']))/gi, (_, hex?: string, mark = '') =>
    hex === undefined ? String(mark) : String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return latin1Bytes(plain)
}

/** Bytes that are written as text, with how they are read. */
export const BYTE_WRAPPERS: readonly (readonly [
  Cause,
  RegExp,
  (text: string) => Uint8Array | undefined,
])[] = [
  [WRAPPERS.hex, HEX, (text) => fromHex(text.replaceAll(/\s/g, ''))],
  [WRAPPERS.base64, BASE64, looseBase64],
  [WRAPPERS.python, /^b(?:'[^]*'|"[^]*")$/, pythonBytes],
]

/** Text around a message, with how it is taken off. */
export const TEXT_WRAPPERS: readonly (readonly [
  Cause,
  RegExp,
  (text: string) => string | undefined,
])[] = [
  [WRAPPERS.http, /^(?:HTTP\/|POST )/, (text) => /\r?\n\r?\n([^]*)$/.exec(text)?.[1]],
  [
    WRAPPERS.escaped,
    /^\{\s*\\"/,
    (text) => {
      const value = tryTo(() => readJson(`"${text}"`))
      return value?.kind === 'string' ? value.value : undefined
    },
  ],
  [WRAPPERS.quotes, /^'[^]*'$|^`[^]*`$/, (text) => text.slice(1, -1)],
  [
    WRAPPERS.url,
    /^%(?:7B|5B|22)/i,
    (text) => tryTo(() => decodeURIComponent(text.replaceAll('+', ' ').replace(/=$/, ''))),
  ],
]

/** What was given in place of a message, in a sentence; empty where that is not known. */
export const whatElse = (text: string): string =>
  NO_MESSAGE.find(([pattern]) => pattern.test(text))?.[1] ?? ''
