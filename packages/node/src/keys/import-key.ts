import { createPrivateKey, createPublicKey, KeyObject } from 'node:crypto'

import { KeyError } from '@llpay/core'
import {
  parsePrivateKey,
  parsePublicKey,
  type RsaPrivateKey,
  type RsaPublicKey,
} from '@llpay/core/keys'

import type { KeyInput } from './key-input.ts'

/** A key that was read once: its numbers, and the handle that node:crypto works with. */
export interface ImportedKey<Key> {
  readonly numbers: Key
  readonly handle: KeyObject
}

function exportKey(key: KeyObject, wanted: 'private' | 'public'): Uint8Array {
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

function parseInput<Key>(
  source: KeyInput,
  wanted: 'private' | 'public',
  parse: (source: Exclude<KeyInput, { readonly type: string }>) => Key,
): Key {
  if (source instanceof KeyObject) return parse(exportKey(source, wanted))
  if (typeof source !== 'string' && !(source instanceof Uint8Array) && 'type' in source) {
    throw new KeyError(
      'ERR_KEY_UNSUPPORTED',
      'The key is an object that node:crypto did not make. Give PEM, base64, DER bytes, a JWK or a KeyObject.',
    )
  }
  return parse(source)
}

/** Reads a private key and hands it to node:crypto. */
export function importPrivateKey(source: KeyInput): ImportedKey<RsaPrivateKey> {
  const numbers = parseInput(source, 'private', parsePrivateKey)
  const handle =
    source instanceof KeyObject
      ? source
      : createPrivateKey({ key: Buffer.from(numbers.pkcs8), format: 'der', type: 'pkcs8' })
  return { numbers, handle }
}

/** Reads a public key and hands it to node:crypto. */
export function importPublicKey(source: KeyInput): ImportedKey<RsaPublicKey> {
  const numbers = parseInput(source, 'public', parsePublicKey)
  const handle =
    source instanceof KeyObject
      ? source
      : createPublicKey({ key: Buffer.from(numbers.spki), format: 'der', type: 'spki' })
  return { numbers, handle }
}
