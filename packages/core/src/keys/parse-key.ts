import { KeyError } from '../errors/key-error.ts'
import {
  type Container,
  CONTAINER_NAME,
  nameUnread,
  openContainer,
  readPkcs1Private,
  readPkcs1PrivateBytes,
  readPkcs1Public,
} from './containers.ts'
import { type DerElement, readSequence, requireRsa } from './der.ts'
import { readJwkText, readPrivateJwk, readPublicJwk, requireJwk, type RsaJwk } from './jwk.ts'
import { encrypted, readKeyBytes } from './pem.ts'
import {
  RsaPrivateKey,
  type RsaPrivateNumbers,
  RsaPublicKey,
  type RsaPublicNumbers,
} from './rsa-key.ts'

/** Makes sure that something was given as a key, which untyped code may have forgotten. */
export function requireKey(source: unknown): void {
  const given = typeof source === 'string' || (typeof source === 'object' && source !== null)
  if (given) return
  const isMissing = source === undefined || source === null
  throw new KeyError(
    'ERR_KEY_INVALID',
    isMissing
      ? 'No key was given. Is the variable or file that it should come from filled?'
      : `The key is a ${typeof source}. Give PEM, base64, DER bytes or a JWK.`,
  )
}

/** Bytes in any of the shapes that JavaScript has for them. */
export type KeyBytes = Uint8Array | ArrayBuffer | ArrayBufferView

/** By its tag, since a buffer may be of another realm. */
function isBuffer(source: unknown): source is ArrayBuffer {
  return /^\[object (?:Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(source))
}

/** The bytes of a buffer or of a view of one; anything else stays as it is. */
export function viewBytes<Source>(
  source: Source | ArrayBuffer | ArrayBufferView,
): Source | Uint8Array {
  if (source instanceof Uint8Array) return source
  if (ArrayBuffer.isView(source)) {
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
  }
  return isBuffer(source) ? new Uint8Array(source) : source
}

function readPkcs8(elements: readonly DerElement[]): RsaPrivateNumbers {
  const [, algorithm, key] = elements
  if (algorithm === undefined || key === undefined) throw notPrivate('pkcs8')
  requireRsa(algorithm)
  return readPkcs1PrivateBytes(key.content)
}

function notPrivate(container: Container): KeyError {
  return new KeyError(
    'ERR_KEY_WRONG_KIND',
    `A private key belongs here, but this is ${CONTAINER_NAME[container]}. Give the merchant's RSA private key; its public half is what LianLian gets.`,
  )
}

function fromPrivateJwk(jwk: RsaJwk): RsaPrivateNumbers {
  if (jwk.d === undefined) throw notPrivate('spki')
  return readPrivateJwk(jwk)
}

function readPrivateNumbers(source: string | Uint8Array): RsaPrivateNumbers {
  const jwk = readJwkText(source)
  if (jwk !== undefined) return fromPrivateJwk(jwk)
  const { container, elements } = openContainer(readKeyBytes(source, 'private'))
  if (container === 'pkcs8') return readPkcs8(elements)
  if (container === 'pkcs1-private') return readPkcs1Private(elements)
  if (container === 'encrypted-pkcs8') throw encrypted()
  throw notPrivate(container)
}

/**
 * Reads an RSA private key from whatever the merchant was given: PKCS#8 or PKCS#1, as PEM, as
 * base64 on one line, with escaped newlines or Windows line ends, as DER bytes, or as a JWK (an
 * object or its JSON text). What it is, is told by its content and not by its label.
 *
 * @throws {KeyError} `ERR_KEY_INVALID`, `ERR_KEY_WRONG_KIND` for a public key or a certificate,
 *   `ERR_KEY_UNSUPPORTED`, `ERR_KEY_TOO_SMALL`.
 * @see RFC 5958 (PKCS#8), RFC 8017 appendix A (PKCS#1), RFC 7518 section 6.3 (JWK)
 * @example
 * import { parsePrivateKey } from '@llpay/core/keys'
 * const key = parsePrivateKey(process.env['LLPAY_PRIVATE_KEY'] ?? '')
 * console.log(key.bits)
 */
export function parsePrivateKey(source: string | KeyBytes | RsaJwk | RsaPrivateKey): RsaPrivateKey {
  requireKey(source)
  if (source instanceof RsaPrivateKey) return source
  const given = viewBytes<string | RsaJwk>(source)
  if (typeof given === 'string' || given instanceof Uint8Array) {
    try {
      return new RsaPrivateKey(readPrivateNumbers(given))
    } catch (error) {
      throw nameUnread(given, error)
    }
  }
  requireJwk(given)
  return new RsaPrivateKey(fromPrivateJwk(given))
}

function readSpki(elements: readonly DerElement[]): RsaPublicNumbers {
  const [algorithm, bits, ...rest] = elements
  if (algorithm === undefined || bits === undefined || rest.length > 0) throw notPublic('unknown')
  requireRsa(algorithm)
  if (bits.content[0] !== 0) {
    throw new KeyError(
      'ERR_KEY_INVALID',
      'The public key is damaged: its bits are not whole bytes.',
    )
  }
  return readPkcs1Public(readSequence(bits.content.subarray(1)))
}

const HINTS: Partial<Readonly<Record<Container, string>>> = {
  certificate: 'Take the public key out of it: openssl x509 -in certificate.pem -noout -pubkey.',
}

function notPublic(container: Container): KeyError {
  const hint =
    HINTS[container] ??
    "Give LianLian's RSA public key, from the merchant console; a private key never leaves its owner."
  return new KeyError(
    'ERR_KEY_WRONG_KIND',
    `A public key belongs here, but this is ${CONTAINER_NAME[container]}. ${hint}`,
  )
}

function fromPublicJwk(jwk: RsaJwk): RsaPublicNumbers {
  if (jwk.d !== undefined) throw notPublic('pkcs8')
  return readPublicJwk(jwk)
}

function readPublicNumbers(source: string | Uint8Array): RsaPublicNumbers {
  const jwk = readJwkText(source)
  if (jwk !== undefined) return fromPublicJwk(jwk)
  const { container, elements } = openContainer(readKeyBytes(source, 'public'))
  if (container === 'spki') return readSpki(elements)
  if (container === 'pkcs1-public') return readPkcs1Public(elements)
  throw notPublic(container)
}

/**
 * Reads an RSA public key: SubjectPublicKeyInfo or PKCS#1, as PEM, as base64 on one line, with
 * escaped newlines or Windows line ends, as DER bytes, or as a JWK (an object or its JSON text). What
 * it is, is told by its content and not by its label.
 *
 * @throws {KeyError} `ERR_KEY_INVALID`, `ERR_KEY_WRONG_KIND` for a private key or a certificate,
 *   `ERR_KEY_UNSUPPORTED`, `ERR_KEY_TOO_SMALL`.
 * @see RFC 5280 section 4.1 (SubjectPublicKeyInfo), RFC 8017 appendix A (PKCS#1)
 * @example
 * import { parsePublicKey } from '@llpay/core/keys'
 * const key = parsePublicKey(process.env['LLPAY_GATEWAY_KEY'] ?? '')
 * console.log(key.bits)
 */
export function parsePublicKey(source: string | KeyBytes | RsaJwk | RsaPublicKey): RsaPublicKey {
  requireKey(source)
  if (source instanceof RsaPublicKey) return source
  const given = viewBytes<string | RsaJwk>(source)
  if (typeof given === 'string' || given instanceof Uint8Array) {
    try {
      return new RsaPublicKey(readPublicNumbers(given))
    } catch (error) {
      throw nameUnread(given, error)
    }
  }
  requireJwk(given)
  return new RsaPublicKey(fromPublicJwk(given))
}
