import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
} from 'node:crypto'

import { vectorKey } from '@internal/vectors'
import { expect, test } from 'vitest'

import { importPrivateKey, importPublicKey } from './import-key.ts'

const key = vectorKey('k1024')
const privateHandle = createPrivateKey(key.pkcs8Pem)
const publicHandle = createPublicKey(key.spkiPem)
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 1024 })
const small = generateKeyPairSync('rsa', { modulusLength: 512 })
const e3 = vectorKey('k2048e3')
const secret = createSecretKey(Buffer.alloc(32))
const { privateKey: cryptoKey } = await crypto.subtle.generateKey(
  {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 1024,
    publicExponent: Uint8Array.of(1, 0, 1),
    hash: 'SHA-256',
  },
  true,
  ['sign', 'verify'],
)

test('a KeyObject is used as it is', () => {
  expect(importPrivateKey(privateHandle).handle).toBe(privateHandle)
  expect(importPublicKey(publicHandle).handle).toBe(publicHandle)
  expect(importPrivateKey(privateHandle).numbers.bits).toBe(1024)
  expect(importPublicKey(publicHandle).numbers.bits).toBe(1024)
})

test('any other form becomes the same KeyObject', () => {
  expect(importPrivateKey(key.pkcs1Base64).handle.equals(privateHandle)).toBe(true)
  expect(importPublicKey(key.pkcs1PublicPem).handle.equals(publicHandle)).toBe(true)
})

test.each([
  ['a public KeyObject', publicHandle, 'ERR_KEY_WRONG_KIND'],
  ['a secret KeyObject', secret, 'ERR_KEY_WRONG_KIND'],
  ['an EC KeyObject', ec.privateKey, 'ERR_KEY_UNSUPPORTED'],
  ['an RSA-PSS KeyObject', pss.privateKey, 'ERR_KEY_UNSUPPORTED'],
  ['a KeyObject of 512 bits', small.privateKey, 'ERR_KEY_TOO_SMALL'],
  ['a KeyObject with exponent 3', createPrivateKey(e3.pkcs8Pem), 'ERR_KEY_UNSUPPORTED'],
  ['a CryptoKey', cryptoKey, 'ERR_KEY_UNSUPPORTED'],
  [
    'an object that poses as a KeyObject',
    { type: 'private', asymmetricKeyType: 'rsa' },
    'ERR_KEY_UNSUPPORTED',
  ],
])('refuses %s as private key', (_, source, code) => {
  expect(() => importPrivateKey(source)).toThrow(
    expect.objectContaining({ name: 'KeyError', code }),
  )
})

test.each([
  ['a private KeyObject', privateHandle, 'ERR_KEY_WRONG_KIND'],
  ['a secret KeyObject', secret, 'ERR_KEY_WRONG_KIND'],
  ['an EC KeyObject', ec.publicKey, 'ERR_KEY_UNSUPPORTED'],
  ['an RSA-PSS KeyObject', pss.publicKey, 'ERR_KEY_UNSUPPORTED'],
  ['a KeyObject of 512 bits', small.publicKey, 'ERR_KEY_TOO_SMALL'],
  ['a KeyObject with exponent 3', createPublicKey(e3.spkiPem), 'ERR_KEY_UNSUPPORTED'],
])('refuses %s as public key', (_, source, code) => {
  expect(() => importPublicKey(source)).toThrow(expect.objectContaining({ name: 'KeyError', code }))
})
