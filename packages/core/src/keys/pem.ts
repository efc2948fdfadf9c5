import { decodeLoose, decodeUtf8 } from '../encoding.ts'
import { KeyError } from '../errors/key-error.ts'
import { type Container, openContainer } from './containers.ts'

const QUOTED = /^(["'])(.*)\1$/s

/** Undoes what environment files and secret stores do to a key: escaped newlines, quotes, a BOM. */
export function unwrapText(text: string): string {
  const plain = text.replace('\uFEFF', '').trim()
  const unquoted = QUOTED.exec(plain)?.[2] ?? plain
  return unquoted.replaceAll('\\r', '\r').replaceAll('\\n', '\n').trim()
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----/gs
const isLegacy = (body: string) => body.includes('Proc-Type:')

/** What a key is wanted for. */
export type KeyUse = 'private' | 'public'

const PRIVATE: readonly Container[] = ['pkcs8', 'pkcs1-private', 'encrypted-pkcs8', 'ec-private']
const PUBLIC: readonly Container[] = ['spki', 'pkcs1-public']
const CERTIFICATE: readonly Container[] = ['certificate']

/** What is taken from a text of several blocks, the most fitting first. */
function fitting(use: KeyUse | undefined): (readonly Container[])[] {
  if (use === 'private') return [PRIVATE]
  return use === 'public' ? [PUBLIC, CERTIFICATE] : [PRIVATE, PUBLIC, CERTIFICATE]
}

function decodeBlock(body: string): Uint8Array {
  if (isLegacy(body)) throw encrypted()
  const der = decodeLoose(body)
  if (der === undefined || der.length === 0) {
    throw new KeyError(
      'ERR_KEY_INVALID',
      'What stands between the BEGIN and END lines of the key is not base64. Copy the key again, unchanged.',
    )
  }
  return der
}

function containerOf(der: Uint8Array): Container {
  try {
    return openContainer(der).container
  } catch {
    return 'unknown'
  }
}

/** The one block that fits; of several certificates the first, which is that of the owner. */
function choose(bodies: readonly string[], use: KeyUse | undefined): Uint8Array {
  const kept = bodies.filter((body) => use !== 'public' || !isLegacy(body)).map(decodeBlock)
  for (const wanted of fitting(use)) {
    const found = kept.filter((der) => wanted.includes(containerOf(der)))
    const [first] = found
    if (found.length > 1 && wanted !== CERTIFICATE) {
      throw new KeyError(
        'ERR_KEY_INVALID',
        `The text holds ${found.length} keys that would fit. Give one key at a time.`,
      )
    }
    if (first !== undefined) return first
  }
  return kept[0] ?? decodeBlock(bodies[0] ?? '')
}

/**
 * Reads the PEM block of a text, or the one that fits where there are several; line ends and blanks
 * within its base64 do not matter.
 */
function readPem(text: string, use?: KeyUse): Uint8Array {
  const bodies = Array.from(text.matchAll(BLOCK), ([, , body = '']) => body)
  const [body] = bodies
  if (body === undefined) {
    throw new KeyError(
      'ERR_KEY_INVALID',
      'The key begins like PEM, but its END line is missing or names something else. Copy it whole, from the first dash to the last.',
    )
  }
  return bodies.length === 1 ? decodeBlock(body) : choose(bodies, use)
}

/** The error for a private key that needs a passphrase. */
export function encrypted(): KeyError {
  return new KeyError(
    'ERR_KEY_UNSUPPORTED',
    'The private key is encrypted. Give its passphrase (on Node: the option passphrase, or LLPAY_PRIVATE_KEY_PASSPHRASE for the command line), or decrypt it first: openssl pkey -in encrypted.pem -out private.pem, and keep the result readable by its owner alone.',
  )
}

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
