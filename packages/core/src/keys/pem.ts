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

/** What a key is needed for. */
export type KeyUse = 'private' | 'public'

const PRIVATE: readonly Container[] = ['pkcs8', 'pkcs1-private', 'encrypted-pkcs8', 'ec-private']
const PUBLIC: readonly Container[] = ['spki', 'pkcs1-public']
const CERTIFICATE: readonly Container[] = ['certificate']

/** Which containers to take from a text of several blocks, the best match first. */
function fitting(use: KeyUse | undefined): (readonly Container[])[] {
  if (use === 'private') return [PRIVATE]
  return use === 'public' ? [PUBLIC, CERTIFICATE] : [PRIVATE, PUBLIC, CERTIFICATE]
}

function decodeBlock(body: string): Uint8Array {
  if (isLegacy(body)) throw encrypted()
  const der = decodeLoose(body)
  if (der === undefined || der.length === 0) {
    throw new KeyError('ERR_KEY_INVALID', {
      reason: 'key.pem-not-base64',
      message: 'The text between the BEGIN and END lines of the key is not base64.',
      hint: 'Copy the key again, unchanged.',
    })
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

/** The one matching block; of several certificates the first, which is the owner's. */
function choose(bodies: readonly string[], use: KeyUse | undefined): Uint8Array {
  const kept = bodies.filter((body) => use !== 'public' || !isLegacy(body)).map(decodeBlock)
  for (const wanted of fitting(use)) {
    const found = kept.filter((der) => wanted.includes(containerOf(der)))
    const [first] = found
    if (found.length > 1 && wanted !== CERTIFICATE) {
      throw new KeyError('ERR_KEY_INVALID', {
        reason: 'key.several',
        message: `The text contains ${found.length} keys of the expected kind.`,
        hint: 'Give one key at a time.',
        params: { count: found.length },
      })
    }
    if (first !== undefined) return first
  }
  return kept[0] ?? decodeBlock(bodies[0] ?? '')
}

/**
 * Reads the PEM block of a text, or the matching one if there are several. White space within its
 * base64 does not matter.
 */
function readPem(text: string, use?: KeyUse): Uint8Array {
  const bodies = Array.from(text.matchAll(BLOCK), ([, , body = '']) => body)
  const [body] = bodies
  if (body === undefined) {
    throw new KeyError('ERR_KEY_INVALID', {
      reason: 'key.pem-incomplete',
      message:
        'The PEM text of the key is incomplete: its END line is missing or names something else.',
      hint: 'Copy it whole, from the first dash to the last.',
    })
  }
  return bodies.length === 1 ? decodeBlock(body) : choose(bodies, use)
}

/** The error for a private key that needs a passphrase. */
export function encrypted(): KeyError {
  return new KeyError('ERR_KEY_UNSUPPORTED', {
    reason: 'key.encrypted',
    message: 'The private key is encrypted.',
    hint: 'Give its passphrase (the option passphrase on Node, LLPAY_PRIVATE_KEY_PASSPHRASE for the command line), or decrypt it: openssl pkey -in encrypted.pem -out private.pem, readable by its owner only.',
  })
}

const DER_SEQUENCE = 0x30
/** Far beyond any key: an RSA key of 8192 bits is 6 kB as PEM. */
const MAX_LENGTH = 65_536

/** A key inside base64: PEM, or base64 again. */
const INNER = /-----BEGIN |^[A-Za-z0-9+/=\s]{60,}$/
/** How many layers of base64 are removed: Kubernetes adds one, and a deployment script another. */
const LAYERS = 3

function readText(text: string, use: KeyUse | undefined, layers = LAYERS): Uint8Array {
  const plain = unwrapText(text)
  if (plain === '') {
    throw new KeyError('ERR_KEY_INVALID', {
      reason: 'key.empty',
      message: 'The key is empty.',
      hint: 'Check the variable or file that it comes from.',
    })
  }
  if (plain.includes('-----BEGIN')) return readPem(plain, use)
  const der = decodeLoose(plain)
  if (der?.[0] === DER_SEQUENCE) return der
  const inner = der === undefined || layers === 0 ? undefined : decodeUtf8(der)
  if (inner !== undefined && INNER.test(inner)) return readText(inner, use, layers - 1)
  throw new KeyError('ERR_KEY_INVALID', {
    reason: 'key.not-a-key',
    message:
      'The key is neither PEM nor base64 of a key: it is damaged, or it is the name of a file.',
    hint: 'Give the contents of the file, unchanged.',
  })
}

/**
 * Finds the DER bytes of a key: in PEM, base64 with or without line breaks, escaped newlines, Windows
 * line ends, or DER itself.
 *
 * @throws {KeyError} `ERR_KEY_INVALID`, `ERR_KEY_UNSUPPORTED`.
 */
export function readKeyBytes(source: string | Uint8Array, use?: KeyUse): Uint8Array {
  if (source.length > MAX_LENGTH) {
    throw new KeyError('ERR_KEY_INVALID', {
      reason: 'key.too-long',
      message: 'The text is too long to be a key.',
      hint: 'Give the key alone, not the file that contains it.',
    })
  }
  if (typeof source === 'string') return readText(source, use)
  // No text of a key starts like this: PEM starts with a dash, base64 of a sequence with an M.
  if (source[0] === DER_SEQUENCE) return source
  const text = decodeUtf8(source)
  if (text === undefined) {
    throw new KeyError('ERR_KEY_INVALID', {
      reason: 'key.not-text',
      message: 'The key is neither DER nor UTF-8 text.',
      hint: 'Save a file in UTF-16 as UTF-8 first.',
    })
  }
  return readText(text, use)
}
