import { createPrivateKey, createPublicKey, KeyObject } from 'node:crypto'

import { KeyError } from '@llpay/core'
import {
  parsePrivateKey,
  parsePublicKey,
  type RsaPrivateKey,
  type RsaPublicKey,
} from '@llpay/core/keys'

import type { KeyObjectLike, PrivateKeyInput, PublicKeyInput } from './key-input.ts'

/** A key that was read once: its numbers, and the handle that node:crypto works with. */
export interface ImportedKey<Key> {
  readonly numbers: Key
  readonly handle: KeyObject
}

function isKeyObjectLike(source: PrivateKeyInput | PublicKeyInput): source is KeyObjectLike {
  const isObject = typeof source === 'object' && source !== null
  return isObject && !(source instanceof Uint8Array) && 'type' in source
}

function exportKey(key: KeyObjectLike, wanted: 'private' | 'public'): Uint8Array {
  if (!(key instanceof KeyObject)) {
    throw new KeyError(
      'ERR_KEY_UNSUPPORTED',
      'The key is an object that node:crypto did not make. Give PEM, base64, DER bytes, a JWK or a KeyObject.',
    )
  }
  if (key.type !== wanted) {
    throw new KeyError(
      'ERR_KEY_WRONG_KIND',
      `A ${wanted} key belongs here, but the KeyObject is a ${key.type} one.`,
    )
  }
  if (key.asymmetricKeyType !== 'rsa') {
    throw new KeyError(
      'ERR_KEY_UNSUPPORTED',
      'The KeyObject is not a plain RSA key. LianLian signs with RSA.',
    )
  }
  return key.export({ format: 'der', type: wanted === 'private' ? 'pkcs8' : 'spki' })
}

/** Reads a private key and hands it to node:crypto. */
export function importPrivateKey(source: PrivateKeyInput): ImportedKey<RsaPrivateKey> {
  const numbers = parsePrivateKey(isKeyObjectLike(source) ? exportKey(source, 'private') : source)
  const handle =
    source instanceof KeyObject
      ? source
      : createPrivateKey({ key: Buffer.from(numbers.pkcs8), format: 'der', type: 'pkcs8' })
  return { numbers, handle }
}

/** Reads a public key and hands it to node:crypto. */
export function importPublicKey(source: PublicKeyInput): ImportedKey<RsaPublicKey> {
  const numbers = parsePublicKey(isKeyObjectLike(source) ? exportKey(source, 'public') : source)
  const handle =
    source instanceof KeyObject
      ? source
      : createPublicKey({ key: Buffer.from(numbers.spki), format: 'der', type: 'spki' })
  return { numbers, handle }
}
