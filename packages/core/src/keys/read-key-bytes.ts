import { decodeBase64 } from '../encoding/base64.ts'
import { decodeUtf8 } from '../encoding/utf8.ts'
import { KeyError } from '../errors/key-error.ts'
import { readPem } from './pem.ts'
import { unwrapText } from './unwrap-text.ts'

const DER_SEQUENCE = 0x30
/** Far beyond any key: an RSA key of 8192 bits is 6 kB as PEM. */
const MAX_LENGTH = 65_536

function readText(text: string): Uint8Array {
  const plain = unwrapText(text)
  if (plain === '') {
    throw new KeyError('ERR_KEY_INVALID', 'The key is empty. Is its variable or file filled?')
  }
  if (plain.includes('-----BEGIN')) return readPem(plain)
  const der = decodeBase64(plain.replaceAll(/\s/g, ''))
  if (der !== undefined) return der
  throw new KeyError(
    'ERR_KEY_INVALID',
    'The key is neither PEM nor base64. If this is the name of a file, read the file and give its contents.',
  )
}

/**
 * Finds the DER bytes in whatever the merchant was given: PEM, base64 with or without line breaks,
 * escaped newlines, Windows line ends, or DER itself.
 *
 * @throws {KeyError} `ERR_KEY_INVALID`, `ERR_KEY_UNSUPPORTED`.
 */
export function readKeyBytes(source: string | Uint8Array): Uint8Array {
  if (source.length > MAX_LENGTH) {
    throw new KeyError(
      'ERR_KEY_INVALID',
      'The key is longer than any key can be. Give the key alone, not the file that it is in.',
    )
  }
  if (typeof source === 'string') return readText(source)
  // No text of a key begins so: PEM begins with a dash, base64 of a sequence with an M.
  if (source[0] === DER_SEQUENCE) return source
  const text = decodeUtf8(source)
  if (text === undefined) {
    throw new KeyError(
      'ERR_KEY_INVALID',
      'The key is neither DER nor text in UTF-8. A file saved as UTF-16 must be saved as UTF-8 first.',
    )
  }
  return readText(text)
}
