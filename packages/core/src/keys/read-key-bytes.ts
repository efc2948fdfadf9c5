import { decodeUtf8 } from '../encoding/utf8.ts'
import { KeyError } from '../errors/key-error.ts'
import { decodeLoose } from './loose-base64.ts'
import { readPem, type KeyUse } from './pem.ts'
import { unwrapText } from './unwrap-text.ts'

const DER_SEQUENCE = 0x30
/** Far beyond any key: an RSA key of 8192 bits is 6 kB as PEM. */
const MAX_LENGTH = 65_536

/** Text of a key that is inside base64: PEM, or base64 once more. */
const INNER = /-----BEGIN |^[A-Za-z0-9+/=\s]{60,}$/
/** How often base64 is taken off: Kubernetes adds one layer, and a deployment script another. */
const LAYERS = 3

function readText(text: string, use: KeyUse | undefined, layers = LAYERS): Uint8Array {
  const plain = unwrapText(text)
  if (plain === '') {
    throw new KeyError('ERR_KEY_INVALID', 'The key is empty. Is its variable or file filled?')
  }
  if (plain.includes('-----BEGIN')) return readPem(plain, use)
  const der = decodeLoose(plain)
  if (der?.[0] === DER_SEQUENCE) return der
  const inner = der === undefined || layers === 0 ? undefined : decodeUtf8(der)
  if (inner !== undefined && INNER.test(inner)) return readText(inner, use, layers - 1)
  throw new KeyError(
    'ERR_KEY_INVALID',
    'The key is neither PEM nor base64 of a key: it is damaged, or it is the name of a file. Give the contents of the file, unchanged.',
  )
}

/**
 * Finds the DER bytes in whatever the merchant was given: PEM, base64 with or without line breaks,
 * escaped newlines, Windows line ends, or DER itself.
 *
 * @throws {KeyError} `ERR_KEY_INVALID`, `ERR_KEY_UNSUPPORTED`.
 */
export function readKeyBytes(source: string | Uint8Array, use?: KeyUse): Uint8Array {
  if (source.length > MAX_LENGTH) {
    throw new KeyError(
      'ERR_KEY_INVALID',
      'The key is longer than any key can be. Give the key alone, not the file that it is in.',
    )
  }
  if (typeof source === 'string') return readText(source, use)
  // No text of a key begins so: PEM begins with a dash, base64 of a sequence with an M.
  if (source[0] === DER_SEQUENCE) return source
  const text = decodeUtf8(source)
  if (text === undefined) {
    throw new KeyError(
      'ERR_KEY_INVALID',
      'The key is neither DER nor text in UTF-8. A file saved as UTF-16 must be saved as UTF-8 first.',
    )
  }
  return readText(text, use)
}
