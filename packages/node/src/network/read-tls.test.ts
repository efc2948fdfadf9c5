import { inspect } from 'node:util'

import { loadPem, loadTlsCertificate } from '@internal/vectors'
import { expect, test } from 'vitest'

import { readTls } from './read-tls.ts'

const [ca, cert, key] = [loadPem('ca'), loadPem('client'), loadPem('client-key')]
const encrypted = loadPem('client-key-encrypted')
const broken = ca.replace(/\n[^\n]{20}/, `\n${'A'.repeat(20)}`)

test.each([
  [undefined, {}],
  [{}, {}],
  [{ ca }, { ca: [ca] }],
  [{ ca: Buffer.from(ca) }, { ca: [ca] }],
  [{ ca: [ca, Buffer.from(cert)] }, { ca: [ca, cert] }],
  [
    { cert, key },
    { cert, key },
  ],
  [
    { cert, key: encrypted, passphrase: 'test-only' },
    { cert, key: encrypted, passphrase: 'test-only' },
  ],
])('reads good options', (options, settings) => {
  expect(readTls(options)).toEqual(settings)
})

test('what is changed after the call changes nothing', () => {
  const list = [Buffer.from(ca)]
  const { ca: read } = readTls({ ca: list })
  list[0]?.fill(0)
  list.push(Buffer.from(cert))
  expect(read).toEqual([ca])
})

function failureOf(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    return error
  }
}

const wrong = (text: string) => Object.assign({ ca }, JSON.parse(text))
const invalid = 'ERR_CONFIG_INVALID'

test.each([
  ['no certificate as authority', { ca: 'CANARY' }, invalid],
  ['the name of a file', { ca: '/etc/CANARY.pem' }, invalid],
  ['a broken certificate', { ca: broken }, invalid],
  ['a broken one among good ones', { ca: [ca, broken] }, invalid],
  ['a good one and nothing', { ca: [ca, ''] }, invalid],
  ['no authority', { ca: [] }, invalid],
  ['a number as authority', wrong('{"ca":7}'), invalid],
  ['null as authority', wrong('{"ca":null}'), invalid],
  ['a key as authority', { ca: key }, invalid],
  ['no key', { cert }, 'ERR_CONFIG_MISSING'],
  ['no certificate', { key }, 'ERR_CONFIG_MISSING'],
  ['a passphrase alone', { passphrase: 'CANARY' }, 'ERR_CONFIG_MISSING'],
  ["another's key", { cert, key: loadTlsCertificate().key }, invalid],
  ['a key that is none', { cert, key: 'CANARY' }, invalid],
  ['a wrong passphrase', { cert, key: encrypted, passphrase: 'CANARY' }, invalid],
  ['no passphrase', { cert, key: encrypted }, invalid],
  [
    'a passphrase that is not text',
    { ...wrong('{"passphrase":7}'), cert, key: encrypted },
    invalid,
  ],
  ['checks switched off', wrong('{"rejectUnauthorized":false}'), 'ERR_CONFIG_INSECURE'],
  ['any host', { ...wrong('{}'), checkServerIdentity: () => 0 }, 'ERR_CONFIG_INSECURE'],
  ['an old version', wrong('{"minVersion":"TLSv1"}'), 'ERR_CONFIG_UNKNOWN_OPTION'],
])('refuses %s', (_, options, code) => {
  const error = failureOf(() => readTls(options))
  expect(error).toMatchObject({ name: 'ConfigError', code, delivered: 'no' })
  expect(inspect(error)).not.toMatch(/CANARY|BEGIN|MII/)
})

test.each([['{"tls":null}'], ['{"tls":"x"}'], ['{"tls":true}']])('refuses %s', (text) => {
  const config: { tls?: object } = JSON.parse(text)
  expect(() => readTls(config.tls)).toThrow(expect.objectContaining({ code: invalid }))
})
