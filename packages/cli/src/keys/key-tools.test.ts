import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { runCli } from '@internal/testkit/cli'
import { loadPem } from '@internal/vectors'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

// The oracle is node:crypto: it makes every key here, and reads what llpay wrote.

const PASSPHRASE = 'canary-passphrase'
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = generateKeyPairSync('rsa', { modulusLength: 1024 })
const spki = publicKey.export({ type: 'spki', format: 'der' })
const FINGERPRINT = createHash('sha256').update(spki).digest('base64')
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
const spkiPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
const bare = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, '')

let folder = ''
const at = (name: string) => join(folder, name)
const put = (name: string, content: string | Uint8Array) => {
  writeFileSync(at(name), content, { mode: 0o600 })
  return at(name)
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-key-tools-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs a tool for people and for programs; both say the same, and neither shows the private key. */
async function runBoth(args: readonly string[], env: Record<string, string> = {}) {
  const text = await runCli(args, env)
  const json = await runCli([...args, '--json'], env)
  expect(text.status).toBe(json.status)
  expect(json.stdout.trimEnd().split('\n')).toHaveLength(1)
  const shown = text.stdout + text.stderr + json.stdout + json.stderr
  expect(shown).not.toContain(bare(pkcs8).slice(400, 440))
  expect(shown).not.toContain(PASSPHRASE)
  return { status: json.status, text: text.stdout + text.stderr, json: JSON.parse(json.stdout) }
}

const inspect = (name: string, content: string | Uint8Array, env?: Record<string, string>) =>
  runBoth(['key', 'inspect', put(name, content)], env)

describe('key inspect', () => {
  test.each([
    ['PKCS#8', pkcs8, 'private key', 'PKCS#8', 'PEM'],
    ['PKCS#1', pkcs1, 'private key', 'PKCS#1', 'PEM'],
    ['SPKI', spkiPem, 'public key', 'SubjectPublicKeyInfo', 'PEM'],
    ['DER', spki, 'public key', 'SubjectPublicKeyInfo', 'DER'],
    ['a JWK', JSON.stringify(privateKey.export({ format: 'jwk' })), 'private key', 'JWK', 'JWK'],
  ])('%s', async (name, content, kind, container, form) => {
    const { status, json, text } = await inspect(name, content)
    expect(status).toBe(0)
    expect(json).toMatchObject({ ok: true, kind, container, form, bits: 2048, exponent: '65537' })
    expect(json).toMatchObject({ fingerprint: FINGERPRINT, notes: [] })
    expect(text).toContain(FINGERPRINT)
  })

  test('an encrypted key, with its passphrase', async () => {
    const cipher = { cipher: 'aes-256-cbc', passphrase: PASSPHRASE } as const
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher })
    const { json } = await inspect('encrypted', pem.toString(), {
      LLPAY_PRIVATE_KEY_PASSPHRASE: PASSPHRASE,
    })
    expect(json).toMatchObject({ container: 'PKCS#8, encrypted', fingerprint: FINGERPRINT })
  })

  test('a certificate', async () => {
    const pem = loadPem('rsa-certificate')
    const { json } = await inspect('certificate', pem)
    const its = createPublicKey(pem).export({ type: 'spki', format: 'der' })
    expect(json).toMatchObject({ kind: 'certificate', container: 'X.509' })
    expect(json.fingerprint).toBe(createHash('sha256').update(its).digest('base64'))
  })

  test.each([
    ['Windows line ends', pkcs8.replaceAll('\n', '\r\n'), /Windows line ends/],
    ['PKCS#1 without a header', bare(pkcs1), /no header: PKCS#1 as bare base64/],
    ['a wrong label', pkcs1.replaceAll('RSA PRIVATE', 'PRIVATE'), /header says PRIVATE KEY/],
    ['a byte order mark', `\uFEFF${pkcs8}`, /byte order mark/],
    ['escaped line ends', pkcs8.replaceAll('\n', '\\n'), /written as \\n/],
    ['a header on the line of its base64', pkcs8.replaceAll('\n', ' '), /on one line/],
    ['old line ends', pkcs8.replaceAll('\n', '\r'), /carriage return alone/],
    ['quotes', `'${pkcs8.trim()}'`, /in quotes/],
    ['base64 twice', Buffer.from(pkcs8).toString('base64'), /base64 once more/],
    ['indented lines', pkcs8.replaceAll(/^/gm, '  '), /indented/],
  ])('names the planted oddity: %s', async (name, content, note) => {
    const { status, json, text } = await inspect(name, content)
    expect(status).toBe(0)
    expect(json.fingerprint).toBe(FINGERPRINT)
    expect(json.notes).toEqual([expect.stringMatching(note)])
    expect(text.replaceAll(/\s+/g, ' ')).toContain(json.notes[0])
  })

  test('a certificate and a key in one PEM: the key, and nothing odd', async () => {
    const { json } = await inspect('both', loadPem('rsa-certificate') + pkcs8)
    expect(json).toMatchObject({ kind: 'private key', fingerprint: FINGERPRINT, notes: [] })
  })

  test.each([
    ['OpenSSH', '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END', /ssh-keygen/],
    ['an OpenSSH public key', 'ssh-rsa AAAAB3Nza canary', /ssh-keygen -e/],
    ['a certificate request', '-----BEGIN CERTIFICATE REQUEST-----\nAA', /openssl req/],
    ['PKCS#12', Buffer.from('3082014402010330820100', 'hex'), /openssl pkcs12/],
    [
      'an elliptic curve',
      generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'sec1', format: 'pem' })
        .toString(),
      /elliptic curves/,
    ],
    ['PGP', '-----BEGIN PGP PRIVATE KEY BLOCK-----', /PGP/],
    ['no key', 'hello', /./],
  ])('says what is not a key of ours: %s', async (name, content, message) => {
    const { status, json } = await inspect(name, content)
    expect(status).toBe(2)
    expect(json).toMatchObject({ ok: false, error: { name: 'KeyError' } })
    expect(`${json.error.message} ${json.error.hint}`).toMatch(message)
  })

  test('a file that is not there', async () => {
    expect((await runBoth(['key', 'inspect', at('none')])).status).toBe(2)
  })
})

describe('key match', () => {
  test('two halves of a pair', async () => {
    const files = [put('a.pem', pkcs8), put('a.pub', bare(spkiPem))]
    const { status, json } = await runBoth(['key', 'match', ...files])
    expect(status).toBe(0)
    expect(json).toMatchObject({ match: true, kinds: ['private key', 'public key'] })
  })

  test('two that do not belong together are exit 2', async () => {
    const foreign = other.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const { status, json } = await runBoth(['key', 'match', put('a.pem', pkcs8), put('b', foreign)])
    expect(status).toBe(2)
    expect(json.error).toMatchObject({ code: 'ERR_KEY_MISMATCH' })
  })
})

describe('key new', () => {
  test('makes a pair, the private half for its owner alone, and never over another', async () => {
    const file = at('merchant.pem')
    const run = await runCli(['key', 'new', file, '--json'])
    const made = createPrivateKey(readFileSync(file))
    const half = createPublicKey(made).export({ type: 'spki', format: 'der' })
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: true, bits: 2048 })
    expect(JSON.parse(run.stdout).upload).toBe(half.toString('base64'))
    expect(
      createPublicKey(readFileSync(`${file}.pub`)).export({ type: 'spki', format: 'der' }),
    ).toEqual(half)
    expect(statSync(file).mode & 0o777).toBe(0o600)

    const before = readFileSync(file, 'utf8')
    const again = await runBoth(['key', 'new', file])
    expect(again.status).toBe(2)
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  test.each([
    ['taken.pub', 'taken'],
    ['taken', 'taken.pub'],
  ])('leaves nothing behind where %s is there already', async (there, absent) => {
    rmSync(at(absent), { force: true })
    put(there, 'mine')
    expect((await runCli(['key', 'new', at('taken')])).status).toBe(2)
    expect(() => statSync(at(absent))).toThrow(/ENOENT/)
    expect(readFileSync(at(there), 'utf8')).toBe('mine')
  })

  test.each(['512', '3000', 'x'])('--bits %s is refused', async (bits) => {
    const { status } = await runBoth(['key', 'new', at('bits'), '--bits', bits])
    expect(status).toBe(2)
  })
})

describe('key convert', () => {
  const SOURCES: readonly (readonly [string, string])[] = [
    ['PKCS#8', pkcs8],
    ['PKCS#1 without a header', bare(pkcs1)],
    ['JWK', JSON.stringify(privateKey.export({ format: 'jwk' }))],
  ]
  const READ: Readonly<Record<string, (bytes: Buffer) => KeyObject>> = {
    'pkcs8 pem': (bytes) => createPrivateKey(bytes),
    'pkcs1 pem': (bytes) => createPrivateKey(bytes),
    'pkcs8 der': (key) => createPrivateKey({ key, format: 'der', type: 'pkcs8' }),
    'pkcs1 base64': (text) =>
      createPrivateKey({
        key: Buffer.from(text.toString(), 'base64'),
        format: 'der',
        type: 'pkcs1',
      }),
    'jwk pem': (text) => createPrivateKey({ key: JSON.parse(text.toString()), format: 'jwk' }),
  }
  const pairs = SOURCES.flatMap(([source, content]) =>
    Object.keys(READ).map((target) => [source, target, content] as const),
  )

  test.each(pairs)('%s to %s', async (source, target, content) => {
    const [to = '', as = ''] = target.split(' ')
    const out = at(`${source} ${target}`.replaceAll(' ', '-'))
    const run = await runCli([
      'key',
      'convert',
      put('source', content),
      '--to',
      to,
      '--as',
      as,
      '--out',
      out,
    ])
    expect(run).toMatchObject({ status: 0, stdout: '' })
    expect(READ[target]?.(readFileSync(out)).equals(privateKey)).toBe(true)
    expect(statSync(out).mode & 0o777).toBe(0o600)
  })

  test('the public half goes to standard output', async () => {
    const file = put('source.pem', pkcs8)
    const run = await runCli(['key', 'convert', file, '--public', '--as', 'base64'])
    expect(run.stdout).toBe(`${spki.toString('base64')}\n`)
    const { json } = await runBoth(['key', 'convert', file, '--public'])
    expect(json).toMatchObject({ container: 'spki', key: spkiPem.trimEnd() })
  })

  test('a private key into a pipe, but not into JSON', async () => {
    const file = put('source.pem', bare(pkcs1))
    const run = await runCli(['key', 'convert', file])
    expect(createPrivateKey(run.stdout).equals(privateKey)).toBe(true)
    const json = await runCli(['key', 'convert', file, '--json'])
    expect(json.status).toBe(2)
    expect(json.stdout).not.toContain(bare(pkcs8).slice(400, 440))
  })

  test.each([
    ['spki of a private key', pkcs8, 'spki', /--public/],
    ['pkcs8 of a public key', spkiPem, 'pkcs8', /spki, pkcs1 or jwk/],
  ])('%s is refused', async (_, content, to, message) => {
    const { status, json } = await runBoth(['key', 'convert', put('kind', content), '--to', to])
    expect(status).toBe(2)
    expect(`${json.error.message} ${json.error.hint}`).toMatch(message)
  })
})
