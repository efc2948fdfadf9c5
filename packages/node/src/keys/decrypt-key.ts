import { createPrivateKey } from 'node:crypto'

import { KeyError } from '@llpay/core'
import { summarizeCause } from '@llpay/core/adapter'
import { detectKey } from '@llpay/core/keys'

const LEGACY = /^Proc-Type: *4,ENCRYPTED/m

/** What node:crypto needs to read an encrypted key; `undefined` for one that is not encrypted. */
function encryptedForm(
  source: string | Uint8Array,
): { key: string } | { key: Buffer; format: 'der'; type: 'pkcs8' } | undefined {
  const text = typeof source === 'string' ? source : Buffer.from(source).toString('latin1')
  const lines = text.replaceAll('\\r', '').replaceAll('\\n', '\n').replaceAll('\r', '').trim()
  if (LEGACY.test(lines)) return { key: lines }
  const { container, der } = detectKey(source)
  if (container !== 'encrypted-pkcs8') return undefined
  return { key: Buffer.from(der), format: 'der', type: 'pkcs8' }
}

/**
 * Decrypts a private key: PKCS#8, or PEM in the old way. One that is not encrypted stays as it is.
 *
 * @throws {KeyError} `ERR_KEY_INVALID` for a wrong passphrase.
 */
export function decryptKey(source: string | Uint8Array, passphrase: string): string | Uint8Array {
  const form = encryptedForm(source)
  if (form === undefined) return source
  try {
    const key = createPrivateKey({ ...form, passphrase })
    return key.export({ format: 'der', type: 'pkcs8' })
  } catch (error) {
    throw new KeyError(
      'ERR_KEY_INVALID',
      'The private key cannot be decrypted: the passphrase is not the right one, or the key was encrypted in a way that this Node.js does not know. Try openssl pkey -in encrypted.pem -noout.',
      { cause: summarizeCause(error) },
    )
  }
}
