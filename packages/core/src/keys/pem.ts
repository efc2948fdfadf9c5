import { decodeBase64 } from '../encoding/base64.ts'
import { KeyError } from '../errors/key-error.ts'

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----/gs

/** Reads the one PEM block of a text; line ends and blanks within its base64 do not matter. */
export function readPem(text: string): Uint8Array {
  const blocks = [...text.matchAll(BLOCK)]
  const [block] = blocks
  if (block === undefined) {
    throw new KeyError(
      'ERR_KEY_INVALID',
      'The key begins like PEM, but its END line is missing or names something else. Copy it whole, from the first dash to the last.',
    )
  }
  if (blocks.length > 1) {
    throw new KeyError(
      'ERR_KEY_INVALID',
      `The text holds ${blocks.length} PEM blocks. Give one key at a time.`,
    )
  }
  const [, , body = ''] = block
  if (body.includes('Proc-Type:')) throw encrypted()
  const der = decodeBase64(body.replaceAll(/\s/g, ''))
  if (der === undefined || der.length === 0) {
    throw new KeyError(
      'ERR_KEY_INVALID',
      'What stands between the BEGIN and END lines of the key is not base64. Copy the key again, unchanged.',
    )
  }
  return der
}

/** The error for a private key that needs a passphrase. */
export function encrypted(): KeyError {
  return new KeyError(
    'ERR_KEY_UNSUPPORTED',
    'The private key is encrypted. Give its passphrase (on Node: the option passphrase, or LLPAY_PRIVATE_KEY_PASSPHRASE for the command line), or decrypt it first: openssl pkey -in encrypted.pem -out private.pem, and keep the result readable by its owner alone.',
  )
}
