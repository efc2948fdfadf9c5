import { KeyError } from '../errors/key-error.ts'
import { openContainer, type Container } from './container.ts'
import { decodeLoose } from './loose-base64.ts'

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
export function readPem(text: string, use?: KeyUse): Uint8Array {
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
