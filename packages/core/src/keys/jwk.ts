import { decodeBase64, decodeUtf8 } from '../encoding.ts'
import { KeyError } from '../errors/key-error.ts'
import { unwrapText } from './pem.ts'
import type { RsaPrivateNumbers, RsaPublicNumbers } from './rsa-key.ts'

/** An RSA key as a JSON Web Key (RFC 7517), as far as llpay reads it. */
export interface RsaJwk {
  readonly kty?: string | undefined
  readonly n?: string | undefined
  readonly e?: string | undefined
  readonly d?: string | undefined
  readonly p?: string | undefined
  readonly q?: string | undefined
  readonly dp?: string | undefined
  readonly dq?: string | undefined
  readonly qi?: string | undefined
}

function readNumber(jwk: RsaJwk, name: keyof RsaJwk): Uint8Array {
  const text: unknown = jwk[name]
  const decoded =
    typeof text === 'string' && /^[A-Za-z0-9_-]+$/.test(text)
      ? decodeBase64(
          text
            .replaceAll('-', '+')
            .replaceAll('_', '/')
            .padEnd(Math.ceil(text.length / 4) * 4, '='),
        )
      : undefined
  if (decoded === undefined) {
    throw new KeyError('ERR_KEY_INVALID', {
      reason: 'key.jwk-member',
      message: `The JWK has no base64url member "${name}".`,
      hint: 'Give an RSA key with all of its members.',
      params: { member: name },
    })
  }
  const start = decoded.findIndex((byte) => byte !== 0)
  return start < 0 ? Uint8Array.of(0) : decoded.subarray(start)
}

/**
 * Checks that a JWK is an RSA key.
 *
 * @throws {KeyError} `ERR_KEY_UNSUPPORTED`.
 */
export function requireRsaJwk(jwk: RsaJwk): void {
  if (jwk.kty === 'RSA') return
  throw new KeyError('ERR_KEY_UNSUPPORTED', {
    reason: 'key.jwk-not-rsa',
    message: 'The JWK is not an RSA key: its "kty" is not "RSA".',
    hint: 'LianLian signs with RSA: generate a 2048-bit RSA key pair.',
  })
}

/**
 * Checks that an object is a JWK, of any kind.
 *
 * @throws {KeyError} `ERR_KEY_UNSUPPORTED`.
 */
export function requireJwk(source: object): void {
  if ('kty' in source && source.kty !== undefined) return
  const type = Object.prototype.toString.call(source).slice(8, -1)
  throw new KeyError('ERR_KEY_UNSUPPORTED', {
    reason: 'key.not-jwk',
    message: `The key is an object (${type}), but not a JWK: it has no "kty".`,
    hint: 'Give PEM, base64, DER bytes or a JWK.',
    params: { type },
  })
}

/** Reads the public half of a JWK. */
export function readPublicJwk(jwk: RsaJwk): RsaPublicNumbers {
  return { modulus: readNumber(jwk, 'n'), exponent: readNumber(jwk, 'e') }
}

/** Reads a private JWK. */
export function readPrivateJwk(jwk: RsaJwk): RsaPrivateNumbers {
  return {
    ...readPublicJwk(jwk),
    privateExponent: readNumber(jwk, 'd'),
    prime1: readNumber(jwk, 'p'),
    prime2: readNumber(jwk, 'q'),
    exponent1: readNumber(jwk, 'dp'),
    exponent2: readNumber(jwk, 'dq'),
    coefficient: readNumber(jwk, 'qi'),
  }
}

function isObject(value: unknown): value is RsaJwk {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own error quotes the text, which is the key.
    return undefined
  }
}

/**
 * Reads a JWK from JSON text; `undefined` for anything else.
 *
 * @throws {KeyError} `ERR_KEY_INVALID` for text that starts like JSON and is not valid.
 */
export function readJwkText(source: string | Uint8Array): RsaJwk | undefined {
  const text = typeof source === 'string' ? source : decodeUtf8(source)
  const plain = text === undefined ? '' : unwrapText(text)
  if (!plain.startsWith('{')) return undefined
  const jwk = parse(text?.replace('\uFEFF', '') ?? '') ?? parse(plain)
  if (isObject(jwk)) {
    if (jwk.kty !== undefined) return jwk
    throw new KeyError('ERR_KEY_INVALID', {
      reason: 'key.json-no-kty',
      message: 'The key is JSON, but not a JWK: it has no "kty".',
      hint: 'Give the key alone.',
    })
  }
  throw new KeyError('ERR_KEY_INVALID', {
    reason: 'key.jwk-not-json',
    message: 'The key starts like a JWK, but is not valid JSON.',
    hint: 'Copy it whole, from the first brace to the last.',
  })
}
