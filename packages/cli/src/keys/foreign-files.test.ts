import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'

import { loadPem, vectorKey } from '@internal/vectors'
import { isLLPayError } from '@llpay/core'
import { describe, expect, test } from 'vitest'

import { inspectKey } from './inspect-key.ts'

// Keys as people paste them. node:crypto makes what is made here.

const { pkcs8Pem, pkcs8Base64 } = vectorKey('k2048')
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
const toPem = (key: KeyObject) =>
  key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString()
const utf16 = (text: string) => Buffer.from(text, 'utf16le')
const der = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const p12 = der('3082 0c3b 020103 3082 0bf1 06092a864886f70d010701')
const p7 = der('3082 02f3 06092a864886f70d010702 a0 8202e4 30')
const encrypted = createPrivateKey(pkcs8Pem).export({
  type: 'pkcs1',
  format: 'pem',
  cipher: 'aes-128-cbc',
  passphrase: 'canary-passphrase',
})
const legacy = encrypted.toString()

const inspect = (content: string | Uint8Array, passphrase?: string) =>
  inspectKey(Buffer.from(content), passphrase)

describe('what is not a key of ours is named', () => {
  test.each([
    ['a PKCS#12 store', p12, 'openssl pkcs12'],
    ['a PKCS#12 store', p12.toString('base64'), 'openssl pkcs12'],
    ['a PKCS#7 bundle', p7, '-inform DER'],
    ['a PKCS#7 bundle', '-----BEGIN PKCS7-----\nAAAA\n', 'openssl pkcs7'],
    ['a Java keystore', der('feedfeed 00000002 00000001'), 'keytool -importkeystore'],
    ['Bouncy Castle', der('00000002 00000014'), 'PKCS#8'],
    ['an SSH public key', '---- BEGIN SSH2 PUBLIC KEY ----\nAAAA', 'ssh-keygen -i'],
    ['not an RSA key', 'ecdsa-sha2-nistp256 AAAA me', 'LianLian signs with RSA'],
    ['not an RSA key', 'ssh-ed25519 AAAA me', 'LianLian signs with RSA'],
    ['the XML of .NET', '<RSAKeyValue><Modulus>AA</Modulus></RSAKeyValue>', 'ExportPkcs8'],
    ['text in UTF-16', utf16(`\uFEFF${pkcs8Pem}`), 'iconv'],
    ['text in UTF-16', utf16(`\uFEFF${pkcs8Pem}`).swap16(), 'iconv'],
    ['text in UTF-16', utf16(pkcs8Base64), 'iconv'],
    ['URL-encoded', encodeURIComponent(pkcs8Pem), 'Decode it'],
    ['five hyphens', pkcs8Pem.replaceAll('-----', '—'), 'word processor'],
    ['five hyphens', pkcs8Pem.replaceAll('-----', '----'), 'word processor'],
    ['escaped twice', pkcs8Pem.replaceAll('\n', String.raw`\\n`), 'Escape them once'],
    ['in hexadecimal', Buffer.from(pkcs8Base64, 'base64').toString('hex'), 'xxd'],
    ['sets a variable', `export LLPAY_PRIVATE_KEY=${pkcs8Base64}`, 'after its ='],
    ['JSON with the key', JSON.stringify({ key: pkcs8Pem }), 'member "key"'],
    ['of type ed25519', toPem(generateKeyPairSync('ed25519').privateKey), 'signs with RSA'],
    ['of type rsa-pss', toPem(pss.privateKey), 'signs with RSA'],
    ['of type ec', toPem(ec.publicKey), 'signs with RSA'],
    ['not a key', der('3003 020101'), 'Export it again'],
    ['is encrypted', legacy, 'passphrase'],
  ])('%s', (what, content, advice) => {
    expect(() => inspect(content)).toThrow(what)
    expect(() => inspect(content)).toThrow(
      expect.toSatisfy((error: unknown) => {
        if (!isLLPayError(error) || error.name !== 'KeyError') return false
        return `${error.message} ${error.hint}`.includes(advice)
      }),
    )
  })
})

test('a PKCS#1 key that is encrypted in the old way', () => {
  expect(inspect(legacy, 'canary-passphrase')).toMatchObject({
    kind: 'private key',
    container: 'PKCS#1, encrypted',
    bits: 2048,
    notes: [],
  })
  expect(() => inspect(legacy, 'canary-wrong')).toThrow('passphrase is wrong')
})

test.each([
  ['2015-01-01', ['valid from']],
  ['2027-08-01', []],
  ['2999-01-01', ['expired on']],
])('a certificate, looked at on %s', (day, notes) => {
  const facts = inspectKey(Buffer.from(loadPem('rsa-certificate')), undefined, new Date(day))
  expect(facts.notes.map(({ text }) => text.en)).toEqual(
    notes.map((note) => expect.stringContaining(note)),
  )
})
