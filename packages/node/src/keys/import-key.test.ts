import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  X509Certificate,
} from 'node:crypto'

import { loadPem, vectorKey } from '@internal/vectors'
import { isLLPayError } from '@llpay/core'
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

const PASSPHRASE = 'canary-passphrase'
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const cipher = { cipher: 'aes-256-cbc', passphrase: PASSPHRASE } as const
const encryptedDer = rsa.privateKey.export({ type: 'pkcs8', format: 'der', ...cipher })
const encryptedPkcs1 = rsa.privateKey.export({ type: 'pkcs1', format: 'pem', ...cipher }).toString()
const encrypted = rsa.privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher }).toString()

test.each([
  ['PKCS#8 as PEM', encrypted],
  ['PKCS#8 as DER', encryptedDer],
  ['PKCS#8 as base64 on one line', encryptedDer.toString('base64')],
  ['PKCS#8 with escaped newlines', encrypted.replaceAll('\n', '\\n')],
  ['PKCS#1 as PEM, encrypted in the old way', encryptedPkcs1],
  ['PKCS#1 as PEM with Windows line ends', encryptedPkcs1.replaceAll('\n', '\r\n')],
  ['one that is not encrypted', rsa.privateKey.export({ type: 'pkcs8', format: 'pem' })],
])('a passphrase opens %s', (_, source) => {
  expect(importPrivateKey(source, { passphrase: PASSPHRASE }).handle.equals(rsa.privateKey)).toBe(
    true,
  )
})

test.each([
  ['no passphrase', undefined, 'ERR_KEY_UNSUPPORTED'],
  ['a wrong passphrase', 'canary-wrong', 'ERR_KEY_INVALID'],
  ['an empty passphrase', '', 'ERR_KEY_INVALID'],
])('%s does not open an encrypted key, and is not repeated', (_, passphrase, code) => {
  for (const source of [encrypted, encryptedPkcs1]) {
    expect(() => importPrivateKey(source, { passphrase })).toThrow(
      expect.objectContaining({
        code,
        message: expect.not.stringMatching(/canary|openssl error|bad decrypt/i),
      }),
    )
  }
})

const certificate = loadPem('rsa-certificate')

test.each([
  ['PEM', certificate],
  ['DER', new X509Certificate(certificate).raw],
  ['base64 on one line', new X509Certificate(certificate).raw.toString('base64')],
])('the public key of a certificate is read, as %s', (_, source) => {
  const { publicKey } = new X509Certificate(certificate)
  expect(importPublicKey(source).handle.equals(publicKey)).toBe(true)
})

test('refuses a certificate as private key, and one for elliptic curves as public key', () => {
  expect(() => importPrivateKey(certificate)).toThrow('this is an X.509 certificate')
  expect(() => importPublicKey(loadPem('good'))).toThrow(
    expect.objectContaining({ code: 'ERR_KEY_UNSUPPORTED' }),
  )
})

test('a JWK is read as an object and as its text', () => {
  const jwk = rsa.privateKey.export({ format: 'jwk' })
  const publicJwk = rsa.publicKey.export({ format: 'jwk' })
  expect(importPrivateKey(jwk).handle.equals(rsa.privateKey)).toBe(true)
  expect(importPrivateKey(JSON.stringify(jwk)).handle.equals(rsa.privateKey)).toBe(true)
  expect(importPublicKey(publicJwk).handle.equals(rsa.publicKey)).toBe(true)
  expect(importPublicKey(JSON.stringify(publicJwk)).handle.equals(rsa.publicKey)).toBe(true)
})

test('a wrong passphrase is the cause, even if the padding happens to fit', () => {
  // Of 256 wrong passphrases, about one leaves bytes that look decrypted and are not a key.
  const codes = Array.from({ length: 2000 }, (_, index) => {
    try {
      importPrivateKey(encryptedPkcs1, { passphrase: `canary-${index}` })
      return 'none'
    } catch (error) {
      return isLLPayError(error) ? error.code : 'foreign'
    }
  })
  expect([...new Set(codes)]).toEqual(['ERR_KEY_INVALID'])
})
