import { KeyError } from '../errors/key-error.ts'
import { requireRsa } from './algorithm-identifier.ts'
import { CONTAINER_NAME, openContainer, type Container } from './container.ts'
import { readSequence, type DerElement } from './der.ts'
import { readJwkText } from './jwk-text.ts'
import { readPublicJwk, requireJwk, type RsaJwk } from './jwk.ts'
import { nameUnread } from './name-form.ts'
import { readPkcs1Public } from './pkcs1.ts'
import { readKeyBytes } from './read-key-bytes.ts'
import { requireKey, viewBytes, type KeyBytes } from './require-key.ts'
import type { RsaPublicNumbers } from './rsa-numbers.ts'
import { RsaPublicKey } from './rsa-public-key.ts'

function readSpki(elements: readonly DerElement[]): RsaPublicNumbers {
  const [algorithm, bits, ...rest] = elements
  if (algorithm === undefined || bits === undefined || rest.length > 0) throw wrongKind('unknown')
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

function wrongKind(container: Container): KeyError {
  const hint =
    HINTS[container] ??
    "Give LianLian's RSA public key, from the merchant console; a private key never leaves its owner."
  return new KeyError(
    'ERR_KEY_WRONG_KIND',
    `A public key belongs here, but this is ${CONTAINER_NAME[container]}. ${hint}`,
  )
}

function readJwk(jwk: RsaJwk): RsaPublicNumbers {
  if (jwk.d !== undefined) throw wrongKind('pkcs8')
  return readPublicJwk(jwk)
}

function readNumbers(source: string | Uint8Array): RsaPublicNumbers {
  const jwk = readJwkText(source)
  if (jwk !== undefined) return readJwk(jwk)
  const { container, elements } = openContainer(readKeyBytes(source, 'public'))
  if (container === 'spki') return readSpki(elements)
  if (container === 'pkcs1-public') return readPkcs1Public(elements)
  throw wrongKind(container)
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
      return new RsaPublicKey(readNumbers(given))
    } catch (error) {
      throw nameUnread(given, error)
    }
  }
  requireJwk(given)
  return new RsaPublicKey(readJwk(given))
}
