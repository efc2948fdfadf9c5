import { X509Certificate, createPrivateKey, createPublicKey, KeyObject } from 'node:crypto'

import { KeyError } from '@llpay/core'
import { summarizeCause } from '@llpay/core/adapter'
import {
  type KeyBytes,
  type RsaJwk,
  type RsaPrivateKey,
  type RsaPublicKey,
  detectKey,
  parsePrivateKey,
  parsePublicKey,
  viewBytes,
} from '@llpay/core/keys'
import { diagnoseKey } from '@llpay/core/keys/diagnose-key'

import { decryptKey } from './decrypt-key.ts'

/** A `KeyObject` of node:crypto, by its shape. */
export interface KeyObjectLike {
  readonly type: string
  readonly asymmetricKeyType?: string | undefined
}

/** An RSA key in any form that llpay reads: PEM, one-line base64, DER bytes (also an `ArrayBuffer` or a view of one), JWK or `KeyObject`. */
export type KeyForm = string | KeyBytes | RsaJwk | KeyObjectLike

/** The merchant's private key, as it came or as `parsePrivateKey` read it. */
export type PrivateKeyInput = KeyForm | RsaPrivateKey

/** LianLian's public key, as it came or as `parsePublicKey` read it. */
export type PublicKeyInput = KeyForm | RsaPublicKey

/**
 * Extracts the public key of an X.509 certificate; anything else stays as it is. Dates and issuer are not
 * checked: the configuration vouches that this key is LianLian's.
 *
 * @throws {KeyError} `ERR_KEY_INVALID`, `ERR_KEY_UNSUPPORTED`.
 */
function certificateKey(source: string | Uint8Array): string | Uint8Array {
  const { container, der } = detectKey(source, 'public')
  if (container !== 'certificate') return source
  const { publicKey } = openCertificate(der)
  if (publicKey.asymmetricKeyType === 'rsa')
    return publicKey.export({ format: 'der', type: 'spki' })
  throw new KeyError('ERR_KEY_UNSUPPORTED', {
    reason: 'certificate.not-rsa',
    message: 'The key in the certificate is not a plain RSA key, which LianLian signs with.',
    zh: { message: '证书中的密钥不是普通 RSA 密钥，而连连支付使用 RSA 签名。' },
  })
}

function openCertificate(der: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(der)
  } catch (error) {
    throw new KeyError(
      'ERR_KEY_INVALID',
      {
        reason: 'certificate.damaged',
        message: 'The certificate is damaged.',
        hint: 'Check that all of it was copied, or export it again.',
        zh: { message: '证书已损坏。', hint: '检查是否复制完整，或重新导出。' },
      },
      { cause: summarizeCause(error) },
    )
  }
}

/** A key that was read once: its numbers, and the handle that node:crypto works with. */
export interface ImportedKey<Key> {
  readonly numbers: Key
  readonly handle: KeyObject
}

function isKeyObjectLike(source: PrivateKeyInput | PublicKeyInput): source is KeyObjectLike {
  const isObject = typeof source === 'object' && source !== null
  return isObject && !(source instanceof Uint8Array) && 'type' in source && !('kty' in source)
}

function exportKey(key: KeyObjectLike, wanted: 'private' | 'public'): Uint8Array {
  if (!(key instanceof KeyObject)) {
    throw new KeyError('ERR_KEY_UNSUPPORTED', {
      reason: 'key-object.foreign',
      message: 'The key is an object that node:crypto did not create.',
      hint: 'Give PEM, base64, DER bytes, a JWK or a KeyObject.',
      zh: {
        message: '作为密钥传入的对象不是由 node:crypto 创建的。',
        hint: '请提供 PEM、base64、DER 字节、JWK 或 KeyObject。',
      },
    })
  }
  if (key.type !== wanted) {
    throw new KeyError('ERR_KEY_WRONG_KIND', {
      reason: 'key-object.wrong-type',
      message: `Expected a ${wanted} key, but the KeyObject is ${key.type}.`,
      params: { wanted, type: key.type },
      zh: { message: `此处需要 ${wanted} 密钥，但该 KeyObject 是 ${key.type} 密钥。` },
    })
  }
  if (key.asymmetricKeyType !== 'rsa') {
    throw new KeyError('ERR_KEY_UNSUPPORTED', {
      reason: 'key-object.not-rsa',
      message: 'The KeyObject is not a plain RSA key, which LianLian signs with.',
      zh: { message: '该 KeyObject 不是普通 RSA 密钥，而连连支付使用 RSA 签名。' },
    })
  }
  return key.export({ format: 'der', type: wanted === 'private' ? 'pkcs8' : 'spki' })
}

const isText = (source: PrivateKeyInput | PublicKeyInput): source is string | Uint8Array =>
  typeof source === 'string' || source instanceof Uint8Array

/** What a private key can be read with. */
export interface PrivateKeyOptions {
  /** The passphrase of a key that is encrypted. */
  readonly passphrase?: string | undefined
}

/**
 * Reads an RSA private key in any form that `createClient` accepts, and decrypts it with the passphrase.
 *
 * @throws {KeyError} `ERR_KEY_INVALID` (also for a wrong passphrase), `ERR_KEY_WRONG_KIND`,
 *   `ERR_KEY_UNSUPPORTED`, `ERR_KEY_TOO_SMALL`.
 * @example
 * import { readPrivateKey } from '@llpay/node'
 * const key = readPrivateKey(process.env['LLPAY_PRIVATE_KEY'] ?? '', { passphrase: 'secret' })
 * console.log(key.bits)
 */
export function readPrivateKey(
  source: PrivateKeyInput,
  { passphrase }: PrivateKeyOptions = {},
): RsaPrivateKey {
  // The export of a KeyObject names what is wrong with it.
  if (source instanceof KeyObject) return parsePrivateKey(exportKey(source, 'private'))
  try {
    const given = viewBytes<Exclude<PrivateKeyInput, KeyBytes>>(source)
    if (isKeyObjectLike(given)) return parsePrivateKey(exportKey(given, 'private'))
    if (passphrase === undefined || !isText(given)) return parsePrivateKey(given)
    return parsePrivateKey(decryptKey(given, passphrase))
  } catch (error) {
    throw diagnoseKey(source, error, 'private')
  }
}

/**
 * Reads an RSA public key in any form that `createClient` accepts, or from an X.509 certificate.
 *
 * @throws {KeyError} `ERR_KEY_INVALID`, `ERR_KEY_WRONG_KIND`, `ERR_KEY_UNSUPPORTED`,
 *   `ERR_KEY_TOO_SMALL`.
 * @example
 * import { readPublicKey } from '@llpay/node'
 * console.log(readPublicKey(process.env['LLPAY_GATEWAY_KEY'] ?? '').bits)
 */
export function readPublicKey(source: PublicKeyInput): RsaPublicKey {
  // The export of a KeyObject names what is wrong with it.
  if (source instanceof KeyObject) return parsePublicKey(exportKey(source, 'public'))
  try {
    const given = viewBytes<Exclude<PublicKeyInput, KeyBytes>>(source)
    if (isKeyObjectLike(given)) return parsePublicKey(exportKey(given, 'public'))
    return parsePublicKey(isText(given) && given.length > 0 ? certificateKey(given) : given)
  } catch (error) {
    throw diagnoseKey(source, error, 'public')
  }
}

/** Reads a private key and hands it to node:crypto. */
export function importPrivateKey(
  source: PrivateKeyInput,
  options?: PrivateKeyOptions,
): ImportedKey<RsaPrivateKey> {
  const numbers = readPrivateKey(source, options)
  const handle =
    source instanceof KeyObject
      ? source
      : createPrivateKey({ key: Buffer.from(numbers.pkcs8), format: 'der', type: 'pkcs8' })
  return { numbers, handle }
}

/** Reads a public key and hands it to node:crypto. */
export function importPublicKey(source: PublicKeyInput): ImportedKey<RsaPublicKey> {
  const numbers = readPublicKey(source)
  const handle =
    source instanceof KeyObject
      ? source
      : createPublicKey({ key: Buffer.from(numbers.spki), format: 'der', type: 'spki' })
  return { numbers, handle }
}
