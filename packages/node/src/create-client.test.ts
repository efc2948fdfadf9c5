import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'

import { plainSigner, plainVerifier } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { afterEach, expect, test, vi } from 'vitest'

import { createClient } from './create-client.ts'

const merchant = vectorKey('k2048')
const gateway = vectorKey('k1024')
const good = {
  oidPartner: '201304121000001004',
  privateKey: merchant.pkcs8Pem,
  gatewayPublicKey: gateway.spkiPem,
}
const sandbox = generateKeyPairSync('rsa', { modulusLength: 1024, publicExponent: 65_539 })
const sandboxPrivate = sandbox.privateKey.export({ format: 'pem', type: 'pkcs8' })
const sandboxPublic = sandbox.publicKey.export({ format: 'pem', type: 'spki' })
const loopback = 'http://127.0.0.1:8080'
const transport = () => Promise.reject(new Error('unused'))
const fetch = transport

afterEach(() => {
  vi.unstubAllEnvs()
})

test.each([
  ['PKCS#8 and SPKI PEM', {}],
  ['PKCS#1 PEM', { privateKey: merchant.pkcs1Pem, gatewayPublicKey: gateway.pkcs1PublicPem }],
  [
    'base64 on one line',
    { privateKey: merchant.pkcs8Base64, gatewayPublicKey: gateway.spkiBase64 },
  ],
  [
    'KeyObjects',
    {
      privateKey: createPrivateKey(merchant.pkcs8Pem),
      gatewayPublicKey: createPublicKey(gateway.spkiPem),
    },
  ],
  [
    'a Signer and a Verifier',
    {
      privateKey: plainSigner(merchant.pkcs8Pem),
      gatewayPublicKey: plainVerifier(gateway.spkiPem),
    },
  ],
  ['two gateway keys', { gatewayPublicKey: [gateway.spkiPem, vectorKey('k3072').spkiPem] }],
  ['a transport', { transport }],
  ['a fetch', { fetch }],
  ['sandbox keys and a loopback address', { privateKey: sandboxPrivate, baseUrl: loopback }],
  [
    'a sandbox gateway key and a proxy',
    { gatewayPublicKey: sandboxPublic, baseUrl: 'https://proxy.example' },
  ],
])('accepts %s', (_, changed) => {
  const client = createClient({ ...good, ...changed })
  expect(typeof client.card.unbind).toBe('function')
})

const wrong = (text: string) => Object.assign({ ...good }, JSON.parse(text))
const own = 'ERR_KEY_MISMATCH'

test.each([
  [
    'no private key',
    { ...wrong('{}'), privateKey: undefined },
    'ConfigError',
    'ERR_CONFIG_MISSING',
  ],
  ['a private key of null', wrong('{"privateKey":null}'), 'ConfigError', 'ERR_CONFIG_MISSING'],
  [
    'no gateway key',
    { ...wrong('{}'), gatewayPublicKey: undefined },
    'ConfigError',
    'ERR_CONFIG_MISSING',
  ],
  [
    'an empty list of gateway keys',
    wrong('{"gatewayPublicKey":[]}'),
    'ConfigError',
    'ERR_CONFIG_MISSING',
  ],
  ['a list with a gap', wrong('{"gatewayPublicKey":[null]}'), 'ConfigError', 'ERR_CONFIG_MISSING'],
  ['an empty private key', wrong('{"privateKey":""}'), 'KeyError', 'ERR_KEY_INVALID'],
  ['an empty gateway key', wrong('{"gatewayPublicKey":""}'), 'KeyError', 'ERR_KEY_INVALID'],
  ['no oidPartner', { ...wrong('{}'), oidPartner: undefined }, 'ConfigError', 'ERR_CONFIG_MISSING'],
  ['an unknown option', wrong('{"gatewayKey":"x"}'), 'ConfigError', 'ERR_CONFIG_UNKNOWN_OPTION'],
  ['fetch and transport', { ...good, fetch, transport }, 'ConfigError', 'ERR_CONFIG_CONFLICT'],
  ['plain http', wrong('{"baseUrl":"http://proxy.example"}'), 'ConfigError', 'ERR_CONFIG_INSECURE'],
  [
    'keys the wrong way round',
    { ...good, privateKey: gateway.spkiPem, gatewayPublicKey: merchant.pkcs8Pem },
    'KeyError',
    'ERR_KEY_WRONG_KIND',
  ],
  [
    'a private gateway key',
    { ...good, gatewayPublicKey: gateway.pkcs8Pem },
    'KeyError',
    'ERR_KEY_WRONG_KIND',
  ],
  [
    "the merchant's own public key",
    { ...good, gatewayPublicKey: merchant.spkiPem },
    'KeyError',
    own,
  ],
  [
    "the merchant's own key in another form",
    { ...good, gatewayPublicKey: merchant.pkcs1PublicPem },
    'KeyError',
    own,
  ],
  [
    "the merchant's own key among others",
    { ...good, gatewayPublicKey: [gateway.spkiPem, merchant.spkiBase64] },
    'KeyError',
    own,
  ],
  [
    'exponent 3',
    { ...good, gatewayPublicKey: vectorKey('k2048e3').spkiPem },
    'KeyError',
    'ERR_KEY_UNSUPPORTED',
  ],
  [
    'a sandbox key for LianLian',
    { ...good, privateKey: sandboxPrivate },
    'ConfigError',
    'ERR_CONFIG_SANDBOX_KEY',
  ],
  [
    'a sandbox gateway key for LianLian',
    { ...good, gatewayPublicKey: sandboxPublic },
    'ConfigError',
    'ERR_CONFIG_SANDBOX_KEY',
  ],
  [
    'a sandbox key as KeyObject',
    { ...good, privateKey: sandbox.privateKey },
    'ConfigError',
    'ERR_CONFIG_SANDBOX_KEY',
  ],
  [
    "a sandbox key for LianLian's host by name",
    { ...good, privateKey: sandboxPrivate, baseUrl: 'https://traderapi.lianlianpay.com' },
    'ConfigError',
    'ERR_CONFIG_SANDBOX_KEY',
  ],
])('refuses %s', (_, config, name, code) => {
  expect(() => createClient(config)).toThrow(
    expect.objectContaining({ name, code, delivered: 'no' }),
  )
})

test('refuses to work where TLS checks are switched off', () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  expect(() => createClient(good)).toThrow(
    expect.objectContaining({ name: 'ConfigError', code: 'ERR_CONFIG_INSECURE' }),
  )
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '1')
  expect(() => createClient(good)).not.toThrow()
})

test.each([
  ['a proxy that is none', { proxy: 'proxy' }, 'ERR_CONFIG_INVALID'],
  ['a proxy beside a transport', { proxy: 'environment', transport }, 'ERR_CONFIG_CONFLICT'],
  ['an authority that is none', { tls: { ca: 'ca.pem' } }, 'ERR_CONFIG_INVALID'],
  [
    'a dispatcher without checks',
    { dispatcher: { dispatch: () => true, connect: { rejectUnauthorized: false } } },
    'ERR_CONFIG_INSECURE',
  ],
])('refuses %s at once', (_, changed, code) => {
  expect(() => createClient({ ...good, ...changed })).toThrow(
    expect.objectContaining({ name: 'ConfigError', code }),
  )
})

test('a fetch is not used once TLS checks were switched off', async () => {
  let fetched = 0
  const client = createClient({
    ...good,
    retry: 0,
    settle: 'never',
    fetch() {
      fetched += 1
      return fetch()
    },
  })
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  const params = { user_id: '1234567', no_agree: '2014031710002121' }
  await expect(client.card.unbind(params)).rejects.toMatchObject({
    code: 'ERR_CONFIG_INSECURE',
    delivered: 'no',
  })
  expect(fetched).toBe(0)
})

test('a client shows no key', () => {
  const client = createClient({ ...good, privateKey: createPrivateKey(merchant.pkcs8Pem) })
  const shown = inspect(client, { depth: 12, showHidden: true }) + JSON.stringify(client)
  expect(shown).toContain('unbind')
  expect(shown).not.toMatch(/PRIVATE|modulus|KeyObject|privateExponent/)
})
