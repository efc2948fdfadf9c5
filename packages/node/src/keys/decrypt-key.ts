import { createPrivateKey } from 'node:crypto'

import { KeyError } from '@llpay/core'
import { summarizeCause } from '@llpay/core/adapter'
import { detectKey } from '@llpay/core/keys'

/** PEM encrypted in the way before PKCS#8: two headers, and the base64. White space does not matter. */
const LEGACY =
  /-----BEGIN ([A-Z ]+)-----\s*Proc-Type:\s*4,ENCRYPTED\s+DEK-Info:\s*([\w-]+)\s*,\s*([0-9A-Fa-f]+)\s+([A-Za-z0-9+/=\s]+)-----END \1-----/
const LINE = /.{1,64}/g

/** Writes PEM that was encrypted in the old way as node:crypto expects it, whatever happened to its lines. */
function readLegacy(text: string): string | undefined {
  const lines = text.replaceAll('\\r', ' ').replaceAll('\\n', '\n')
  const [, label, cipher, iv, base64] = LEGACY.exec(lines) ?? []
  if (base64 === undefined) return undefined
  const body = base64.replaceAll(/\s/g, '').match(LINE) ?? []
  return [
    `-----BEGIN ${label}-----`,
    'Proc-Type: 4,ENCRYPTED',
    `DEK-Info: ${cipher},${iv}`,
    '',
    ...body,
    `-----END ${label}-----`,
    '',
  ].join('\n')
}

/** What node:crypto needs to read an encrypted key; `undefined` if it is not encrypted. */
function encryptedForm(
  source: string | Uint8Array,
): { key: string } | { key: Buffer; format: 'der'; type: 'pkcs8' } | undefined {
  const text = typeof source === 'string' ? source : Buffer.from(source).toString('latin1')
  // Secret stores may keep PEM in base64 once more.
  const legacy = readLegacy(text) ?? readLegacy(Buffer.from(text, 'base64').toString('latin1'))
  if (legacy !== undefined) return { key: legacy }
  const { container, der } = detectKey(source, 'private')
  if (container !== 'encrypted-pkcs8') return undefined
  return { key: Buffer.from(der), format: 'der', type: 'pkcs8' }
}

/**
 * What OpenSSL calls an algorithm that it knows only with its legacy provider. Plain UNSUPPORTED is its
 * decoder's word for bytes that are not a key, as a wrong passphrase leaves them when the padding fits.
 */
const UNSUPPORTED = /^ERR_OSSL_(?:EVP_UNSUPPORTED|UNSUPPORTED_ALGORITHM)$/

const REENCRYPT =
  'openssl pkey -provider legacy -provider default -in encrypted.pem -aes256 -out private.pem'
const CHECK = 'openssl pkey -in encrypted.pem -noout'

function refusal(error: unknown): KeyError {
  const cause = summarizeCause(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return UNSUPPORTED.test(code)
    ? new KeyError(
        'ERR_KEY_UNSUPPORTED',
        {
          reason: 'key.cipher-unsupported',
          message:
            'The private key is encrypted with an algorithm that this Node.js does not decrypt; the passphrase is not the cause.',
          hint: `Encrypt it again with AES: ${REENCRYPT}`,
          zh: {
            message: '私钥的加密算法不受当前 Node.js 支持，与口令无关。',
            hint: `请改用 AES 重新加密：${REENCRYPT}`,
          },
        },
        { cause },
      )
    : new KeyError(
        'ERR_KEY_INVALID',
        {
          reason: 'key.passphrase',
          message:
            'The private key cannot be decrypted: the passphrase is wrong, or the key is damaged.',
          hint: `Check the passphrase: ${CHECK}`,
          zh: { message: '私钥无法解密：口令不正确，或密钥已损坏。', hint: `检查口令：${CHECK}` },
        },
        { cause },
      )
}

/**
 * Decrypts a private key: PKCS#8, or PEM with legacy encryption. One that is not encrypted stays as it is.
 *
 * @throws {KeyError} `ERR_KEY_INVALID` for a wrong passphrase, `ERR_KEY_UNSUPPORTED` for an algorithm that
 *   this Node.js does not decrypt.
 */
export function decryptKey(source: string | Uint8Array, passphrase: string): string | Uint8Array {
  const form = encryptedForm(source)
  if (form === undefined) return source
  try {
    const key = createPrivateKey({ ...form, passphrase })
    return key.export({ format: 'der', type: 'pkcs8' })
  } catch (error) {
    throw refusal(error)
  }
}
