import { createPublicKey, generateKeyPairSync } from 'node:crypto'

import {
  loadGatewayMessages,
  loadSigningVectors,
  loadTlsCertificate,
  vectorKey,
} from '@internal/vectors'
import { expect, test } from 'vitest'

import { parsePublicKey } from './parse-key.ts'

const keys = loadSigningVectors().keys.filter(({ e }) => e === '65537')
const key = vectorKey('k1024')
const toBytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))
const keyError = (code: string) => expect.objectContaining({ name: 'KeyError', code })

const FORMS = keys.flatMap(({ id, spkiPem, spkiBase64, pkcs1PublicPem }) => [
  [id, 'SPKI PEM', spkiPem] as const,
  [id, 'SPKI PEM with Windows line ends', spkiPem.replaceAll('\n', '\r\n')] as const,
  [id, 'SPKI PEM with escaped newlines', spkiPem.replaceAll('\n', String.raw`\n`)] as const,
  [id, 'SPKI PEM on one line', spkiPem.replaceAll('\n', '')] as const,
  [id, 'SPKI PEM in quotes', `"${spkiPem}"`] as const,
  [id, 'SPKI PEM behind a byte order mark', `\uFEFF${spkiPem}`] as const,
  [id, 'SPKI PEM as bytes', new Uint8Array(Buffer.from(spkiPem))] as const,
  [id, 'SPKI PEM with the label of PKCS#1', spkiPem.replaceAll('PUBLIC', 'RSA PUBLIC')] as const,
  [id, 'SPKI base64', spkiBase64] as const,
  [id, 'SPKI base64 on lines', spkiBase64.replaceAll(/.{76}/g, '$&\n')] as const,
  [id, 'SPKI DER', toBytes(spkiBase64)] as const,
  [id, 'PKCS#1 PEM', pkcs1PublicPem] as const,
  [id, 'PKCS#1 PEM with Windows line ends', pkcs1PublicPem.replaceAll('\n', '\r\n')] as const,
  [id, 'PKCS#1 base64', pkcs1PublicPem.replaceAll(/-----.*-----|\n/g, '')] as const,
  [
    id,
    'PKCS#1 DER',
    new Uint8Array(createPublicKey(spkiPem).export({ format: 'der', type: 'pkcs1' })),
  ] as const,
  [id, 'a JWK', { ...createPublicKey(spkiPem).export({ format: 'jwk' }) }] as const,
])

test('every key is tried in every form', () => {
  expect(FORMS).toHaveLength(4 * 16)
})

test.each(FORMS)('reads %s from %s', (id, _, source) => {
  const vector = vectorKey(id)
  const parsed = parsePublicKey(source)
  const exported = createPublicKey(vector.spkiPem).export({ format: 'der', type: 'spki' })
  expect(parsed.bits).toBe(vector.bits)
  expect(Buffer.from(parsed.modulus).toString('hex')).toBe(vector.modulusHex)
  expect(Buffer.from(parsed.spki).equals(exported)).toBe(true)
})

test("reads LianLian's own key", () => {
  expect(parsePublicKey(loadGatewayMessages().gatewayPublicKey).bits).toBe(1024)
})

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 1024 }).publicKey
const small = generateKeyPairSync('rsa', { modulusLength: 512 }).publicKey
const isPem = { format: 'pem', type: 'spki' } as const
const spki = toBytes(key.spkiBase64)

/** The DER of the 1024-bit key with one byte changed. */
const changed = (at: number, value: number) => spki.with(at, value)

test.each([
  ['a PKCS#8 private key', key.pkcs8Pem, 'ERR_KEY_WRONG_KIND', 'PKCS#8 private key'],
  ['a PKCS#1 private key', key.pkcs1Pem, 'ERR_KEY_WRONG_KIND', 'PKCS#1 RSA private key'],
  ['a private key in base64', key.pkcs8Base64, 'ERR_KEY_WRONG_KIND', 'private key'],
  ['a certificate', loadTlsCertificate().cert, 'ERR_KEY_WRONG_KIND', 'X.509 certificate'],
  ['an EC key', ec.export(isPem), 'ERR_KEY_UNSUPPORTED', 'RSA'],
  ['an RSA-PSS key', pss.export(isPem), 'ERR_KEY_UNSUPPORTED', 'RSA'],
  ['512 bits', small.export(isPem), 'ERR_KEY_TOO_SMALL', '512 bits'],
  ['exponent 3', vectorKey('k2048e3').spkiPem, 'ERR_KEY_UNSUPPORTED', 'exponent'],
  ['exponent 3 in PKCS#1', vectorKey('k2048e3').pkcs1PublicPem, 'ERR_KEY_UNSUPPORTED', 'exponent'],
  ['an even modulus', changed(spki.length - 6, 0x74), 'ERR_KEY_INVALID', 'even'],
  ['an even exponent', changed(spki.length - 1, 0x02), 'ERR_KEY_UNSUPPORTED', 'exponent'],
  ['bits that are not whole bytes', changed(21, 1), 'ERR_KEY_INVALID', 'damaged'],
  ['a BIT STRING that is cut', changed(20, 0x8c), 'ERR_KEY_INVALID', 'damaged'],
  ['a byte behind', Uint8Array.of(...spki, 0), 'ERR_KEY_INVALID', 'damaged'],
  ['nothing', '', 'ERR_KEY_INVALID', 'empty'],
  ['the name of a file', 'lianlian.pem', 'ERR_KEY_INVALID', 'file'],
])('refuses %s', (_, source, code, words) => {
  const read = () => parsePublicKey(source)
  expect(read).toThrow(keyError(code))
  expect(read).toThrow(words)
})

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const modulus = (bits: number) => base64url(new Uint8Array(bits / 8).fill(0xff))

test.each([
  ['8192 bits', { n: modulus(8192), e: 'AQAB' }, 8192],
  [
    'leading zeros',
    { n: base64url(Uint8Array.of(0, 0, ...new Uint8Array(128).fill(0xff))), e: 'AQAB' },
    1024,
  ],
  [
    'the largest exponent',
    { n: modulus(1024), e: base64url(Uint8Array.of(255, 255, 255, 255)) },
    1024,
  ],
])('accepts a JWK with %s', (_, numbers, bits) => {
  expect(parsePublicKey({ kty: 'RSA', ...numbers }).bits).toBe(bits)
})

test.each([
  ['a private one', { kty: 'RSA', n: modulus(1024), e: 'AQAB', d: 'AQAB' }, 'ERR_KEY_WRONG_KIND'],
  ['more than 8192 bits', { kty: 'RSA', n: modulus(8200), e: 'AQAB' }, 'ERR_KEY_UNSUPPORTED'],
  ['1016 bits', { kty: 'RSA', n: modulus(1016), e: 'AQAB' }, 'ERR_KEY_TOO_SMALL'],
  ['an exponent of 1', { kty: 'RSA', n: modulus(1024), e: 'AQ' }, 'ERR_KEY_UNSUPPORTED'],
  ['an exponent of 257', { kty: 'RSA', n: modulus(1024), e: 'AQE' }, 'ERR_KEY_UNSUPPORTED'],
  [
    'an exponent beyond 2^32',
    { kty: 'RSA', n: modulus(1024), e: 'AQAAAAE' },
    'ERR_KEY_UNSUPPORTED',
  ],
  ['a modulus of zero', { kty: 'RSA', n: 'AAAA', e: 'AQAB' }, 'ERR_KEY_TOO_SMALL'],
  ['no modulus', { kty: 'RSA', e: 'AQAB' }, 'ERR_KEY_INVALID'],
  ['an empty exponent', { kty: 'RSA', n: modulus(1024), e: '' }, 'ERR_KEY_INVALID'],
  ['unused bits that are not zero', { kty: 'RSA', n: modulus(1024), e: 'AR' }, 'ERR_KEY_INVALID'],
  ['kty oct', { kty: 'oct', n: modulus(1024), e: 'AQAB' }, 'ERR_KEY_UNSUPPORTED'],
])('refuses a JWK with %s', (_, source, code) => {
  expect(() => parsePublicKey(source)).toThrow(keyError(code))
})

test('recognises the other half of a key pair', () => {
  const other = parsePublicKey(vectorKey('k2048').spkiPem)
  const mine = parsePublicKey(key.spkiPem)
  expect(mine.matches(parsePublicKey(key.pkcs1PublicPem))).toBe(true)
  expect(mine.matches(other)).toBe(false)
})

test('a key that was read already is taken as it is', () => {
  const parsed = parsePublicKey(key.spkiPem)
  expect(parsePublicKey(parsed)).toBe(parsed)
})

test.each(['null', '1', 'true'])('refuses %s instead of a key', (text) => {
  const nothing: string = JSON.parse(text)
  expect(() => parsePublicKey(nothing)).toThrow(
    expect.objectContaining({ name: 'KeyError', code: 'ERR_KEY_INVALID' }),
  )
})
