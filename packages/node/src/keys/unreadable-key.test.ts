import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { loadPem } from '@internal/vectors'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { createClient } from '../create-client.ts'
import { readPrivateKey, readPublicKey } from './import-key.ts'
import { createSigner } from './open-keys.ts'

// OpenSSL and node:crypto make what is made here.

const PASSPHRASE = 'canary-passphrase'
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const spkiPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
const legacy = privateKey
  .export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASSPHRASE })
  .toString()

const SPELLINGS: readonly (readonly [string, string | Uint8Array])[] = [
  ['as it is', legacy],
  ['with blanks for line ends', legacy.replaceAll('\n', ' ')],
  ['indented', legacy.replaceAll(/^/gm, '    ')],
  ['in double quotes', `"${legacy}"`],
  ['in quotes, with escaped line ends', `'${legacy.replaceAll('\n', String.raw`\n`)}'`],
  ['with a blank line before END', legacy.replace('-----END', '\n-----END')],
  ['with Windows line ends', legacy.replaceAll('\n', '\r\n')],
  ['with old Mac line ends', legacy.replaceAll('\n', '\r')],
  ['without the line between headers and base64', legacy.replace('\n\n', '\n')],
  ['behind a byte order mark', `\uFEFF${legacy}`],
  ['as bytes', Buffer.from(legacy)],
  ['in base64 twice', Buffer.from(legacy).toString('base64')],
  ['beside a certificate', loadPem('rsa-certificate') + legacy],
]

describe('encrypted PKCS#1', () => {
  test.each(SPELLINGS)('is read %s', (_, source) => {
    const key = readPrivateKey(source, { passphrase: PASSPHRASE })
    expect(Buffer.from(key.pkcs8).equals(privateKey.export({ type: 'pkcs8', format: 'der' }))).toBe(
      true,
    )
  })

  test.each(SPELLINGS)('%s, a wrong passphrase is named as such', (_, source) => {
    expect(() => readPrivateKey(source, { passphrase: 'canary-wrong' })).toThrow(
      expect.objectContaining({
        code: 'ERR_KEY_INVALID',
        message: expect.stringMatching(/^(?!.*canary).*passphrase is wrong/),
      }),
    )
  })

  test.each(SPELLINGS)('%s, a missing passphrase is named as such', (_, source) => {
    expect(() => readPrivateKey(source)).toThrow(
      expect.objectContaining({
        message: 'The private key is encrypted.',
        hint: expect.stringContaining('Give its passphrase'),
      }),
    )
  })
})

let folder = ''
const at = (name: string) => join(folder, name)
const openssl = (...args: readonly string[]) =>
  execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-unreadable-'))
  writeFileSync(at('key.pem'), pem, { mode: 0o600 })
  openssl('req', '-x509', '-key', 'key.pem', '-subj', '/CN=test', '-days', '9', '-out', 'cert.pem')
})
afterAll(() => rmSync(folder, { recursive: true }))

const LEGACY = ['-provider', 'legacy', '-provider', 'default']
const PASS = ['-passout', `pass:${PASSPHRASE}`]
const PFX = ['pkcs12', '-export', '-inkey', 'key.pem', '-in', 'cert.pem', ...PASS, '-out', 'out']

describe('what OpenSSL makes', () => {
  test.each([
    ['PKCS#1 with DES', ['rsa', '-traditional', '-in', 'key.pem', '-des', ...LEGACY]],
    ['PKCS#8 with DES', ['pkcs8', '-topk8', '-in', 'key.pem', '-v1', 'PBE-MD5-DES', ...LEGACY]],
    ['PKCS#8 with RC2', ['pkcs8', '-topk8', '-in', 'key.pem', '-v1', 'PBE-SHA1-RC2-40', ...LEGACY]],
    ['PKCS#8 with DES in PBES2', ['pkcs8', '-topk8', '-in', 'key.pem', '-v2', 'des', ...LEGACY]],
  ])('%s: the cipher is the cause, not the passphrase', (_, args) => {
    const source = openssl(...args, ...PASS)
    for (const passphrase of [PASSPHRASE, 'canary-wrong', undefined]) {
      expect(() => readPrivateKey(source, { passphrase })).toThrow(
        expect.objectContaining({
          code: 'ERR_KEY_UNSUPPORTED',
          message: expect.stringContaining('DES or RC2'),
          hint: expect.stringContaining('-provider legacy -provider default'),
        }),
      )
    }
    writeFileSync(at('old.pem'), source)
    const again = ['pkey', ...LEGACY, '-in', 'old.pem', '-passin', `pass:${PASSPHRASE}`, '-aes256']
    const key = readPrivateKey(openssl(...again, ...PASS), { passphrase: PASSPHRASE })
    expect(key.bits).toBe(2048)
  })

  test.each([
    ['a PKCS#12 store', PFX, /openssl pkcs12 -in FILE -nodes.*-legacy/],
    ['an old PKCS#12 store', [...PFX, '-legacy'], /openssl pkcs12 -in FILE -nodes.*-legacy/],
    [
      'PKCS#7 in DER',
      ['crl2pkcs7', '-nocrl', '-certfile', 'cert.pem', '-outform', 'DER', '-out', 'out'],
      /openssl pkcs7 -in FILE -print_certs .*-inform DER/,
    ],
    [
      'PKCS#7 in PEM',
      ['crl2pkcs7', '-nocrl', '-certfile', 'cert.pem', '-out', 'out'],
      /openssl pkcs7 -in FILE -print_certs/,
    ],
  ])('%s is named, with the command that converts it', async (_, args, words) => {
    openssl(...args)
    const bytes = readFileSync(at('out'))
    for (const source of [bytes, bytes.toString('base64')]) {
      const refusal = expect.objectContaining({ hint: expect.stringMatching(words) })
      expect(() => readPrivateKey(source)).toThrow(refusal)
      expect(() => readPublicKey(source)).toThrow(refusal)
      await expect(createSigner(source, 'MD5withRSA')).rejects.toEqual(refusal)
      const config = { oidPartner: '201304121000001004', gatewayPublicKey: spkiPem }
      expect(() => createClient({ ...config, privateKey: source })).toThrow(refusal)
    }
  })

  test('openssl pkcs12 -nodes: the key and the certificate are each taken where they fit', () => {
    openssl(...PFX)
    const pass = ['-passin', `pass:${PASSPHRASE}`]
    const both = openssl('pkcs12', '-in', 'out', '-nodes', ...pass)
    expect(readPrivateKey(both).publicKey.spki).toEqual(readPublicKey(both).spki)
    expect(readPublicKey(spkiPem).spki).toEqual(readPublicKey(both).spki)
  })
})

test('bytes in any of their shapes are read', () => {
  const der = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
  for (const source of [der.buffer, new DataView(der.buffer), new Uint16Array(der.buffer)]) {
    expect(readPublicKey(source).bits).toBe(2048)
  }
})
