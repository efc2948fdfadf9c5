import { KeyError } from '../errors/key-error.ts'
import {
  type Container,
  CONTAINER_NAME,
  unreadKey,
  openContainer,
  readPkcs1Private,
  readPkcs1PrivateBytes,
  readPkcs1Public,
} from './containers.ts'
import { damaged, type DerElement, readSequence, requireRsa } from './der.ts'
import {
  readJwkText,
  readPrivateJwk,
  readPublicJwk,
  requireJwk,
  requireRsaJwk,
  type RsaJwk,
} from './jwk.ts'
import { encrypted, readKeyBytes } from './pem.ts'
import {
  RsaPrivateKey,
  type RsaPrivateNumbers,
  RsaPublicKey,
  type RsaPublicNumbers,
} from './rsa-key.ts'

/** Checks that something was given as a key, which untyped code may have forgotten. */
export function requireKey(source: unknown): void {
  if (typeof source === 'string' || (typeof source === 'object' && source !== null)) return
  throw new KeyError(
    'ERR_KEY_INVALID',
    source === undefined || source === null
      ? {
          reason: 'key.missing',
          message: 'No key was given.',
          hint: 'Check the variable or file that it comes from.',
        }
      : {
          reason: 'key.type',
          message: `The key is a ${typeof source}.`,
          hint: 'Give PEM, base64, DER bytes or a JWK.',
          params: { type: typeof source },
        },
  )
}

/** Bytes in any of JavaScript's shapes for them. */
export type KeyBytes = Uint8Array | ArrayBuffer | ArrayBufferView

/** By its tag, since a buffer may be of another realm. */
function isBuffer(source: unknown): source is ArrayBuffer {
  return /^\[object (?:Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(source))
}

/** The bytes of a buffer or of a view of one; anything else is returned as it is. */
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
  const kind = CONTAINER_NAME[container]
  return new KeyError('ERR_KEY_WRONG_KIND', {
    reason: 'key.not-private',
    message: `Expected a private key, but this is ${kind}.`,
    hint: "Give the merchant's RSA private key; LianLian has only its public half.",
    params: { kind },
  })
}

function fromPrivateJwk(jwk: RsaJwk): RsaPrivateNumbers {
  requireRsaJwk(jwk)
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
 * Reads an RSA private key: PKCS#8 or PKCS#1, as PEM, as base64 on one line, with escaped newlines or
 * Windows line ends, as DER bytes, or as a JWK (an object or its JSON text). Its content decides what
 * it is, not its label.
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
      throw unreadKey(given, error)
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
    throw damaged()
  }
  return readPkcs1Public(readSequence(bits.content.subarray(1)))
}

function notPublic(container: Container): KeyError {
  const kind = CONTAINER_NAME[container]
  return new KeyError(
    'ERR_KEY_WRONG_KIND',
    container === 'certificate'
      ? {
          reason: 'key.certificate',
          message: `Expected a public key, but this is ${kind}.`,
          hint: 'Extract its public key: openssl x509 -in certificate.pem -noout -pubkey',
        }
      : {
          reason: 'key.not-public',
          message: `Expected a public key, but this is ${kind}.`,
          hint: "Give LianLian's RSA public key from the merchant console.",
          params: { kind },
        },
  )
}

function fromPublicJwk(jwk: RsaJwk): RsaPublicNumbers {
  requireRsaJwk(jwk)
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
 * Reads an RSA public key: SubjectPublicKeyInfo or PKCS#1, as PEM, as base64 on one line, with escaped
 * newlines or Windows line ends, as DER bytes, or as a JWK (an object or its JSON text). Its content
 * decides what it is, not its label.
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
      throw unreadKey(given, error)
    }
  }
  requireJwk(given)
  return new RsaPublicKey(fromPublicJwk(given))
}
