import { createPrivateKey, generateKeyPairSync } from 'node:crypto'

import { loadSigningVectors, loadTlsCertificate, vectorKey } from '@internal/vectors'
import { expect, test } from 'vitest'

import { parsePrivateKey } from './parse-key.ts'

const keys = loadSigningVectors().keys.filter(({ e }) => e === '65537')
const key = vectorKey('k1024')
const toBytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))
const pem = (label: string, base64: string) =>
  `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----\n`
const keyError = (code: string) => expect.objectContaining({ name: 'KeyError', code })

/** What consoles, environment files, editors and secret stores make of a PEM text. */
const SPELLINGS: readonly (readonly [string, (text: string) => string | Uint8Array])[] = [
  ['as it is', (text) => text],
  ['with Windows line ends', (text) => text.replaceAll('\n', '\r\n')],
  ['with old Mac line ends', (text) => text.replaceAll('\n', '\r')],
  ['with escaped newlines', (text) => text.replaceAll('\n', String.raw`\n`)],
  ['with escaped Windows line ends', (text) => text.replaceAll('\n', String.raw`\r\n`)],
  ['in double quotes', (text) => `"${text}"`],
  ['in single quotes, escaped', (text) => `'${text.replaceAll('\n', String.raw`\n`)}'`],
  ['on one line', (text) => text.replaceAll('\n', '')],
  ['on one line with blanks', (text) => text.replaceAll('\n', ' ')],
  ['indented', (text) => text.replaceAll(/^/gm, '    ')],
  ['behind a byte order mark', (text) => `\uFEFF${text}`],
  ['without its last line end', (text) => text.trimEnd()],
  ['between other lines', (text) => `Bag Attributes\n  friendlyName: key\n${text}\nthe end\n`],
  ['as the bytes of a file', (text) => new Uint8Array(Buffer.from(text))],
  [
    'as the bytes of a file with a byte order mark',
    (text) => new Uint8Array(Buffer.from(`\uFEFF${text}`)),
  ],
]

const FORMS = keys.flatMap((vector) => [
  ...SPELLINGS.map(
    ([how, spell]) => [vector.id, 'PKCS#1 PEM', how, spell(vector.pkcs1Pem)] as const,
  ),
  ...SPELLINGS.map(
    ([how, spell]) => [vector.id, 'PKCS#8 PEM', how, spell(vector.pkcs8Pem)] as const,
  ),
  [vector.id, 'PKCS#1 base64', 'on one line', vector.pkcs1Base64] as const,
  [vector.id, 'PKCS#8 base64', 'on one line', vector.pkcs8Base64] as const,
  [
    vector.id,
    'PKCS#8 base64',
    'on lines',
    vector.pkcs8Base64.replaceAll(/.{64}/g, '$&\r\n'),
  ] as const,
  [vector.id, 'PKCS#8 base64', 'in quotes', `"${vector.pkcs8Base64}"`] as const,
  [vector.id, 'PKCS#1 DER', 'bytes', toBytes(vector.pkcs1Base64)] as const,
  [vector.id, 'PKCS#8 DER', 'bytes', toBytes(vector.pkcs8Base64)] as const,
  [
    vector.id,
    'PKCS#1 PEM',
    'under the label of PKCS#8',
    pem('PRIVATE KEY', vector.pkcs1Base64),
  ] as const,
  [
    vector.id,
    'PKCS#8 PEM',
    'under the label of PKCS#1',
    pem('RSA PRIVATE KEY', vector.pkcs8Base64),
  ] as const,
])

test('every key is tried in every form', () => {
  expect(FORMS).toHaveLength(4 * 38)
})

test.each(FORMS)('reads %s from %s %s', (id, _container, _how, source) => {
  const vector = vectorKey(id)
  const parsed = parsePrivateKey(source)
  const exported = createPrivateKey(vector.pkcs1Pem).export({ format: 'der', type: 'pkcs8' })
  expect(parsed.bits).toBe(vector.bits)
  expect(Buffer.from(parsed.modulus).toString('hex')).toBe(vector.modulusHex)
  expect(Buffer.from(parsed.pkcs8).equals(exported)).toBe(true)
})

test.each(keys)('reads $id from the JWK of node:crypto', ({ pkcs1Pem }) => {
  const handle = createPrivateKey(pkcs1Pem)
  const parsed = parsePrivateKey({ ...handle.export({ format: 'jwk' }) })
  const exported = handle.export({ format: 'der', type: 'pkcs8' })
  expect(Buffer.from(parsed.pkcs8).equals(exported)).toBe(true)
})

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 1024 }).privateKey
const small = generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey
const plain = createPrivateKey(key.pkcs8Pem)
const lock = { format: 'pem', cipher: 'aes-128-cbc', passphrase: 'secret' } as const
const e3 = vectorKey('k2048e3')
const isPem = { format: 'pem', type: 'pkcs8' } as const

test.each([
  ['a public key', key.spkiPem, 'ERR_KEY_WRONG_KIND', 'a public key'],
  ['a public key in base64', key.spkiBase64, 'ERR_KEY_WRONG_KIND', 'a public key'],
  ['a PKCS#1 public key', key.pkcs1PublicPem, 'ERR_KEY_WRONG_KIND', 'public key'],
  ['a certificate', loadTlsCertificate().cert, 'ERR_KEY_WRONG_KIND', 'certificate'],
  [
    'a public key with a private label',
    pem('PRIVATE KEY', key.spkiBase64),
    'ERR_KEY_WRONG_KIND',
    'a public key',
  ],
  ['an EC key', ec.export(isPem), 'ERR_KEY_UNSUPPORTED', 'RSA'],
  ['an EC key of SEC 1', ec.export({ format: 'pem', type: 'sec1' }), 'ERR_KEY_WRONG_KIND', 'EC'],
  ['an RSA-PSS key', pss.export(isPem), 'ERR_KEY_UNSUPPORTED', 'RSA-PSS'],
  [
    'an encrypted PKCS#8',
    plain.export({ type: 'pkcs8', ...lock }),
    'ERR_KEY_UNSUPPORTED',
    'encrypted',
  ],
  [
    'an encrypted PKCS#1',
    plain.export({ type: 'pkcs1', ...lock }),
    'ERR_KEY_UNSUPPORTED',
    'encrypted',
  ],
  [
    'an encrypted PKCS#8 in base64',
    plain.export({ type: 'pkcs8', ...lock, format: 'der' }),
    'ERR_KEY_UNSUPPORTED',
    'encrypted',
  ],
  ['512 bits', small.export(isPem), 'ERR_KEY_TOO_SMALL', '512 bits'],
  ['exponent 3', e3.pkcs8Pem, 'ERR_KEY_UNSUPPORTED', 'exponent'],
  ['exponent 3 in PKCS#1', e3.pkcs1Pem, 'ERR_KEY_UNSUPPORTED', 'exponent'],
  ['nothing', '', 'ERR_KEY_INVALID', 'empty'],
  ['white space', ' \n', 'ERR_KEY_INVALID', 'empty'],
  ['quotes alone', '""', 'ERR_KEY_INVALID', 'empty'],
  ['no bytes', new Uint8Array(), 'ERR_KEY_INVALID', 'empty'],
  ['the name of a file', './keys/merchant_private.pem', 'ERR_KEY_INVALID', 'file'],
  ['an END line that is missing', key.pkcs8Pem.replace(/-----END.*/, ''), 'ERR_KEY_INVALID', 'END'],
  [
    'an END line of another kind',
    key.pkcs8Pem.replace('END ', 'END RSA '),
    'ERR_KEY_INVALID',
    'END',
  ],
  ['two private keys', key.pkcs8Pem + key.pkcs1Pem, 'ERR_KEY_INVALID', '2 keys'],
  ['an empty block', pem('PRIVATE KEY', ''), 'ERR_KEY_INVALID', 'base64'],
  ['a block that is not base64', pem('PRIVATE KEY', '*'.repeat(64)), 'ERR_KEY_INVALID', 'base64'],
  ['a line that was lost', key.pkcs8Pem.replace(/\n.{64}\n/, '\n'), 'ERR_KEY_INVALID', 'damaged'],
  [
    'UTF-16',
    new Uint8Array(Buffer.from(`\uFEFF${key.pkcs8Pem}`, 'utf16le')),
    'ERR_KEY_INVALID',
    'neither DER nor UTF-8',
  ],
  [
    'a byte behind the DER',
    Uint8Array.of(...toBytes(key.pkcs8Base64), 0),
    'ERR_KEY_INVALID',
    'damaged',
  ],
  ['DER that is cut', toBytes(key.pkcs8Base64).subarray(0, 300), 'ERR_KEY_INVALID', 'damaged'],
  [
    'base64 of something else',
    Buffer.from('ret_code=0000').toString('base64'),
    'ERR_KEY_INVALID',
    'damaged',
  ],
])('refuses %s', (_, source, code, words) => {
  const read = () => parsePrivateKey(source)
  expect(read).toThrow(keyError(code))
  expect(read).toThrow(words)
})

const jwk = { ...plain.export({ format: 'jwk' }) }

test.each([
  ['a public one', { kty: jwk.kty, n: jwk.n, e: jwk.e }, 'ERR_KEY_WRONG_KIND'],
  ['an EC one', { ...ec.export({ format: 'jwk' }) }, 'ERR_KEY_UNSUPPORTED'],
  ['one without kty', { ...jwk, kty: undefined }, 'ERR_KEY_UNSUPPORTED'],
  ['one without its primes', { ...jwk, p: undefined }, 'ERR_KEY_INVALID'],
  ['one in plain base64', { ...jwk, n: `${jwk.n}==` }, 'ERR_KEY_INVALID'],
  ['one with another number', { ...jwk, dp: jwk.dq }, 'ERR_KEY_INVALID'],
])('refuses a JWK that is %s', (_, source, code) => {
  expect(() => parsePrivateKey(source)).toThrow(keyError(code))
})

test('returns a parsed key unchanged', () => {
  const parsed = parsePrivateKey(key.pkcs8Pem)
  expect(parsePrivateKey(parsed)).toBe(parsed)
})

test('text that is longer than any key is refused before it is read', () => {
  expect(() => parsePrivateKey('-----BEGIN A-----\n'.repeat(10_000))).toThrow(
    expect.objectContaining({ code: 'ERR_KEY_INVALID' }),
  )
})

test.each(['null', '1', 'true'])('refuses %s instead of a key', (text) => {
  const nothing: string = JSON.parse(text)
  expect(() => parsePrivateKey(nothing)).toThrow(
    expect.objectContaining({ name: 'KeyError', code: 'ERR_KEY_INVALID' }),
  )
})
