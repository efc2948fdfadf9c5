import { KeyError } from '../errors/key-error.ts'
import { requireRsa } from './algorithm-identifier.ts'
import { CONTAINER_NAME, openContainer, type Container } from './container.ts'
import type { DerElement } from './der.ts'
import { readJwkText } from './jwk-text.ts'
import { readPrivateJwk, requireJwk, type RsaJwk } from './jwk.ts'
import { nameUnread } from './name-form.ts'
import { encrypted } from './pem.ts'
import { readPkcs1Private, readPkcs1PrivateBytes } from './pkcs1.ts'
import { readKeyBytes } from './read-key-bytes.ts'
import { requireKey, viewBytes, type KeyBytes } from './require-key.ts'
import type { RsaPrivateNumbers } from './rsa-numbers.ts'
import { RsaPrivateKey } from './rsa-private-key.ts'

function readPkcs8(elements: readonly DerElement[]): RsaPrivateNumbers {
  const [, algorithm, key] = elements
  if (algorithm === undefined || key === undefined) throw wrongKind('pkcs8')
  requireRsa(algorithm)
  return readPkcs1PrivateBytes(key.content)
}

function wrongKind(container: Container): KeyError {
  return new KeyError(
    'ERR_KEY_WRONG_KIND',
    `A private key belongs here, but this is ${CONTAINER_NAME[container]}. Give the merchant's RSA private key; its public half is what LianLian gets.`,
  )
}

function readJwk(jwk: RsaJwk): RsaPrivateNumbers {
  if (jwk.d === undefined) throw wrongKind('spki')
  return readPrivateJwk(jwk)
}

function readNumbers(source: string | Uint8Array): RsaPrivateNumbers {
  const jwk = readJwkText(source)
  if (jwk !== undefined) return readJwk(jwk)
  const { container, elements } = openContainer(readKeyBytes(source, 'private'))
  if (container === 'pkcs8') return readPkcs8(elements)
  if (container === 'pkcs1-private') return readPkcs1Private(elements)
  if (container === 'encrypted-pkcs8') throw encrypted()
  throw wrongKind(container)
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
      return new RsaPrivateKey(readNumbers(given))
    } catch (error) {
      throw nameUnread(given, error)
    }
  }
  requireJwk(given)
  return new RsaPrivateKey(readJwk(given))
}
