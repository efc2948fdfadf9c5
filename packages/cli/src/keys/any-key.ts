import { createHash } from 'node:crypto'

import { type RsaPublicKey, detectKey, type DetectedKey } from '@llpay/core/keys'
import { diagnoseKey } from '@llpay/core/keys/diagnose-key'
import { readPrivateKey, readPublicKey } from '@llpay/node'

import { t } from '../output/language.ts'

/** The SHA-256 of a public key's SubjectPublicKeyInfo, in base64: tells keys apart, and is not a secret. */
export function fingerprint(key: RsaPublicKey): string {
  return createHash('sha256').update(key.spki).digest('base64')
}

/** The argument of a command that reads a key. */
export const KEY_FILE = t('The file with the key; - is standard input', '密钥文件；- 为标准输入')

/** What a key's file is called in an error. */
export const KEY_NAME = t('The key', '密钥')

/**
 * The public key that LianLian publishes with its samples, for test and production alike. It is never
 * trusted: it serves to say that a message was signed with it.
 */
export const PUBLISHED_KEY =
  'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCSS/DiwdCf/aZsxxcacDnooGph3d2JOj5GXWi+q3gznZauZjkNP8SKl3J2liP0O6rU/Y/29+IUe+GTMhMOFJuZm1htAtKiu5ekW0GlBMWxf4FPkYlQkPE0FtaoMP3gYfh+OwI+fIRrpW3ySn3mScnc6Z700nU/VYrRkfcSCbSnRwIDAQAB'

const PRIVATE: readonly DetectedKey['container'][] = [
  'pkcs1-private',
  'pkcs8',
  'encrypted-pkcs8',
  'encrypted-pkcs1',
  'ec-private',
  'jwk-private',
]

export const isPrivate = ({ container }: DetectedKey) => PRIVATE.includes(container)

/**
 * Tells what a key is, and names the cause where it cannot be read.
 *
 * @throws {KeyError}
 */
export function detect(source: string | Uint8Array): DetectedKey {
  try {
    return detectKey(source)
  } catch (error) {
    throw diagnoseKey(source, error)
  }
}

/**
 * Reads the public half of any key: a public one, a certificate, or a private one.
 *
 * @throws {KeyError} for what is not an RSA key.
 */
export function readAnyKey(
  source: string | Uint8Array,
  passphrase: string | undefined,
): RsaPublicKey {
  return isPrivate(detect(source))
    ? readPrivateKey(source, { passphrase }).publicKey
    : readPublicKey(source)
}
