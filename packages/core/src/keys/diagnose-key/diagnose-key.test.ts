import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'

import { loadPem, vectorKey } from '@internal/vectors'
import { describe, expect, test } from 'vitest'

import { isLLPayError } from '../../errors/is-ll-pay-error.ts'
import { parsePrivateKey, parsePublicKey } from '../parse-key.ts'
import { diagnoseKey } from './index.ts'

// Keys as integrators give them, from public bug reports. node:crypto makes what is made here.

const { pkcs8Pem: pem, pkcs8Base64: base64, spkiPem, spkiBase64 } = vectorKey('k2048')
const handle = createPrivateKey(pem)
const der = Buffer.from(base64, 'base64')
const jwk = handle.export({ format: 'jwk' })
const certificate = loadPem('rsa-certificate')
const encode = (content: string | Uint8Array) => Buffer.from(content).toString('base64')
const lineEnds = (mark: string) => pem.trim().replaceAll('\n', mark)
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

/** Typed code cannot give these. */
const untyped = (value: unknown): string => JSON.parse('0', () => value)

describe('is read', () => {
  test.each<[string, string | Uint8Array | ArrayBuffer | ArrayBufferView]>([
    ['PEM in base64 twice', encode(pem)],
    ['base64 in base64 twice', encode(base64)],
    ['PEM in base64 three times', encode(encode(pem))],
    ['PEM in base64 twice, on lines', encode(pem).replaceAll(/.{76}/g, '$&\n')],
    ['PEM in base64 twice, as bytes', Buffer.from(encode(pem))],
    ['an ArrayBuffer', new Uint8Array(der).buffer],
    ['an ArrayBuffer with text', new TextEncoder().encode(pem).buffer],
    ['a DataView of a part', new DataView(new Uint8Array([0, ...der, 0]).buffer, 1, der.length)],
    ['a Uint8ClampedArray', new Uint8ClampedArray(der)],
    ['a SharedArrayBuffer view', new Uint8Array(new SharedArrayBuffer(der.length)).fill(0)],
    ['the alphabet of URLs', der.toString('base64url')],
    ['the alphabet of URLs in PEM', pem.replaceAll('+', '-').replaceAll('/', '_')],
    ['base64 without padding', base64.replace(/=+$/, '')],
    ['base64 with too much padding', `${base64}==`],
    ['a certificate and a key in one PEM', certificate + pem],
    ['a key and a certificate in one PEM', pem + certificate],
    ['a key and a chain of certificates', pem + certificate + certificate],
    ['both halves in one PEM', pem + spkiPem],
    ['a key behind the attributes of openssl pkcs12', `Bag Attributes\n${certificate}Bag\n${pem}`],
  ])('%s', (name, source) => {
    if (source instanceof Uint8Array && name.startsWith('a Shared')) source.set(der)
    expect(Buffer.from(parsePrivateKey(source).pkcs8).equals(der)).toBe(true)
  })

  test.each([
    ['PEM in base64 twice', encode(spkiPem)],
    ['an ArrayBuffer', new Uint8Array(Buffer.from(spkiBase64, 'base64')).buffer],
    ['base64url', Buffer.from(spkiBase64, 'base64').toString('base64url')],
    ['a public key beside a private one', pem + spkiPem],
    ['a public key beside a certificate', certificate + spkiPem],
  ])('%s, for a public key', (_, source) => {
    expect(Buffer.from(parsePublicKey(source).spki).toString('base64')).toBe(spkiBase64)
  })
})

function causeOf(read: (source: string) => unknown, source: unknown, use: 'private' | 'public') {
  try {
    read(untyped(source))
  } catch (error) {
    return diagnoseKey(source, error, use)
  }
  throw new Error('the key was read')
}

/** Every piece of the key that a text could show. */
const pieces = [
  base64.slice(60, 80),
  der.toString('hex').slice(80, 100),
  encode(pem).slice(90, 110),
]

/** What a KeyError says. */
function spoken(error: unknown) {
  if (!isLLPayError(error) || error.name !== 'KeyError') throw new Error('it is not a KeyError')
  return { message: error.message, hint: error.hint, zh: error.zh }
}

/** A Chinese sentence, and a hint in Chinese or a command. */
const BOTH_ZH = /\p{Script=Han}.* .*(?:\p{Script=Han}|openssl|ssh-keygen)/u

describe('is named', () => {
  test.each<[string, unknown, RegExp]>([
    ['OpenSSH', '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END', /ssh-keygen -p -m PKCS8/],
    ['PKCS#12', hex('3082 0c3b 020103 3082 0bf1 0609 2a864886f70d010701'), /pkcs12 .*-legacy/],
    ['PKCS#12 in BER', hex('3080 020103 3080 0609 2a864886f70d010701'), /openssl pkcs12/],
    ['PKCS#12 as base64', encode(hex('3082 0c3b 020103 3082 0bf1 06092a864886f70d')), /pkcs12/],
    ['a Java keystore', hex('feedfeed 00000002 00000001'), /keytool -importkeystore/],
    ['JCEKS', hex('cececece 00000002 00000001'), /keytool -importkeystore/],
    ['the XML of .NET', '<RSAKeyValue><Modulus>AA==</Modulus>', /XML of \.NET.*ExportPkcs8/],
    ['PKCS#7', '-----BEGIN PKCS7-----\nAAAA\n-----END PKCS7-----', /PKCS#7.*openssl pkcs7/],
    ['PKCS#7 as bytes', hex('3082 02f3 06092a864886f70d010702 a0 8202e4 30'), /openssl pkcs7/],
    ['OpenSSH in base64', encode('-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA'), /ssh-keygen/],
    ['4 dashes in base64', encode(pem.replaceAll('-----', '----')), /five hyphens/],
    ['JSON around PEM', JSON.stringify({ pk_priv_key: pem }), /member "pk_priv_key"/],
    ['JSON around base64', JSON.stringify({ a: { b: base64 } }), /member "a\.b"/],
    ['JSON around PEM in base64', JSON.stringify({ key: encode(pem) }), /member "key"/],
    [
      'a service account',
      JSON.stringify({ type: 'service_account', private_key: pem }),
      /member "private_key"/,
    ],
    ['a key as the name of a member', JSON.stringify({ [pem]: { key: pem } }), /member "\?\.key"/],
    ['a set of JWKs', JSON.stringify({ keys: [jwk] }), /set of JWKs/],
    ['JSON without a key', '{"a":1}', /not a JWK/],
    ['a Promise', Promise.resolve(pem), /Promise.*[Aa]wait/],
    ['a URL', new URL('file:///run/secrets/private'), /a URL/],
    ['options of node:crypto', { key: pem, passphrase: 'canary' }, /member "key".*passphrase/],
    ['an array', [pem], /an array/],
    ['a set of JWKs as object', { keys: [jwk] }, /set of JWKs/],
    ['a String object', Object(pem), /String object/],
    ['a Buffer as JSON', JSON.parse(JSON.stringify(der)), /Buffer.*JSON/],
    ['an object around a key', { private: pem }, /member "private"/],
    ['a JWK without kty', { ...jwk, kty: undefined }, /no "kty"/],
    ['a Map', new Map([['key', pem]]), /a Map/],
    ['a function', () => pem, /function/],
    ['a number', 7, /number/],
    ['undefined', undefined, /No key was given/],
    ['null', null, /No key was given/],
    ['base64 that is cut off', base64.slice(0, -7), /cut off/],
    ['padding in the middle', `${base64.slice(0, 400)}==${base64.slice(400)}`, /padding/],
    ['an absolute path', '/run/secrets/private', /file.*LLPAY_PRIVATE_KEY_FILE/],
    ['a relative path', 'secrets/private', /file.*LLPAY_PRIVATE_KEY_FILE/],
    ['a path from home', '~/merchant', /file.*LLPAY_PRIVATE_KEY_FILE/],
    ['a path with a variable', '$HOME/merchant', /file.*LLPAY_PRIVATE_KEY_FILE/],
    ['a path of Windows', String.raw`C:\keys\merchant`, /file.*LLPAY_PRIVATE_KEY_FILE/],
    ['the name of a file', 'merchant.pem', /file.*LLPAY_PRIVATE_KEY_FILE/],
    ['a file URL', 'file:///run/secrets/private', /file.*LLPAY_PRIVATE_KEY_FILE/],
    ['4 dashes', pem.replaceAll('-----', '----'), /five hyphens/],
    ['4 dashes at the start', pem.replace('-----', '----'), /five hyphens/],
    ['4 dashes at the end', pem.trim().slice(0, -1), /five hyphens/],
    ['6 dashes', pem.replaceAll('-----', '------'), /five hyphens/],
    ['an en dash', pem.replaceAll('--', '\u2013'), /five hyphens/],
    ['/n for line ends', lineEnds('/n'), /written as \/n/],
    ['n for line ends', lineEnds('n'), /the letter n/],
    ['a backslash for line ends', lineEnds('\\'), /a backslash/],
    ['a backslash before line ends', lineEnds('\\\n'), /a backslash/],
    ['line ends escaped twice', lineEnds(String.raw`\\n`), /escaped twice/],
    ['a no-break space', pem.replaceAll(' PRIVATE', '\u00A0PRIVATE'), /U\+00A0.*no-break space/],
    ['a zero-width space', pem.replace(' PRIVATE', ' \u200BPRIVATE'), /U\+200B.*zero width/],
    ['a zero-width space in the body', pem.replace('\nM', '\n\u200BM'), /U\+200B/],
    ['DER read as UTF-8', der.toString('utf8'), /binary.*as bytes/],
    ['DER read as latin1', der.toString('latin1'), /binary.*as bytes/],
    ['DER read as UTF-8 and saved', Buffer.from(der.toString('utf8')), /binary.*as bytes/],
    ['hexadecimal', der.toString('hex'), /hexadecimal.*xxd/],
    ['URL-encoded', encodeURIComponent(pem), /URL-encoded/],
    ['a variable in braces', '${LLPAY_PRIVATE_KEY}', /placeholder/],
    ['a variable', '$LLPAY_PRIVATE_KEY', /placeholder/],
    ['a variable of Windows', '%LLPAY_PRIVATE_KEY%', /placeholder/],
    ['a template of Helm', '{{ .Values.privateKey }}', /placeholder/],
    ['a template of a workflow', '${{ secrets.PRIVATE_KEY }}', /placeholder/],
    ['angle brackets', '<your private key>', /placeholder/],
    ['words of a sample', 'YOUR_PRIVATE_KEY', /placeholder/],
    ['a masked secret', '********', /placeholder/],
    ['an ARN', 'arn:aws:secretsmanager:eu-west-1:1:secret:llpay', /reference to a secret/],
    ['a path of a vault', 'vault:secret/data/llpay#key', /reference to a secret/],
    ['a path of Google', 'projects/1/secrets/llpay/versions/1', /reference to a secret/],
    ['a URL as text', 'https://example.com/private.pem', /reference to a secret/],
    ['the text undefined', 'undefined', /value is missing/],
    ['an object as text', '[object Object]', /value is missing/],
    ['a web page', '<!DOCTYPE html><html><body></body></html>', /web page/],
    ['zero bytes', new Uint8Array(1_200), /zero bytes/],
    ['gzip', gzipSync(pem), /gzip.*gunzip/],
    ['a ZIP archive', hex('504b0304 14000000'), /ZIP.*unzip/],
    ['commas for line ends', lineEnds(','), /such as a comma/],
    ['bars for line ends', lineEnds('|'), /such as a comma/],
    ['<br> for line ends', lineEnds('<br>'), /such as a comma/],
    ['no BEGIN line', pem.replace(/^-----BEGIN.*\n/, ''), /BEGIN line .* missing/],
    ['a key pair', { publicKey: spkiPem, privateKey: pem }, /member "privateKey"/],
    ['a pair of KeyObjects', generateKeyPairSync('rsa', { modulusLength: 1024 }), /"privateKey"/],
    ['a line that sets a variable', `LLPAY_PRIVATE_KEY=${base64}`, /sets a variable/],
  ])('%s', (_, source, words) => {
    const error = causeOf(parsePrivateKey, source, 'private')
    const { message, hint, zh } = spoken(error)
    expect(`${message} ${hint}`).toMatch(words)
    // Without a key there is nothing to diagnose: these texts are in the table of their reason.
    const isGiven = source !== undefined && source !== null
    expect(BOTH_ZH.test(`${zh?.message} ${zh?.hint}`)).toBe(isGiven)
    const shown = inspect(error, { showHidden: true }) + JSON.stringify(error)
    expect(pieces.filter((piece) => shown.includes(piece))).toEqual([])
    expect(shown).not.toContain('canary')
  })

  test('the name of a file where a public key belongs', () => {
    expect(causeOf(parsePublicKey, '/run/secrets/gateway', 'public')).toMatchObject({
      message: 'This is the name of a file, not a key.',
      hint: expect.stringContaining('LLPAY_GATEWAY_KEY_FILE'),
    })
  })

  test.each([
    ['ed25519', generateKeyPairSync('ed25519').privateKey],
    ['ec', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
    ['rsa-pss', generateKeyPairSync('rsa-pss', { modulusLength: 1024 }).privateKey],
  ])('a key of type %s', (kind, key) => {
    const source = key.export({ type: 'pkcs8', format: 'pem' })
    expect(causeOf(parsePrivateKey, source, 'private')).toMatchObject({
      code: 'ERR_KEY_UNSUPPORTED',
      message: expect.stringContaining(`of type ${kind}`),
    })
  })

  test.each([
    ['an EC key', { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }],
    ['a private EC key', { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', d: 'AA' }],
    ['a symmetric key', { kty: 'oct', k: 'AA' }],
    ['Ed25519', { kty: 'OKP', crv: 'Ed25519', x: 'AA', d: 'AA' }],
  ])('a JWK of another kind: %s', (_, other) => {
    for (const source of [other, JSON.stringify(other)]) {
      const expected = { code: 'ERR_KEY_UNSUPPORTED', reason: 'key.jwk-not-rsa' }
      expect(causeOf(parsePrivateKey, source, 'private')).toMatchObject(expected)
      expect(causeOf(parsePublicKey, source, 'public')).toMatchObject(expected)
    }
  })

  test('two keys that would fit and none is guessed', () => {
    expect(causeOf(parsePrivateKey, pem + vectorKey('k1024').pkcs8Pem, 'private')).toMatchObject({
      message: expect.stringContaining('2 keys'),
    })
  })
})

test('an error that is not about a key comes back as it is', () => {
  const error = new RangeError('x')
  expect(diagnoseKey(pem, error)).toBe(error)
})
