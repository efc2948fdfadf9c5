import { createPublicKey, generateKeyPairSync, verify, webcrypto } from 'node:crypto'

import { plainCanonical, plainSigner, withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import type { FetchInit, HttpRequest } from '@llpay/core'
import { unbind } from '@llpay/core/apis/card'
import { afterEach, describe, expect, test, vi } from 'vitest'

import { createCaller } from './caller.ts'
import type { ClientConfig } from './config.ts'
import { createClient } from './create-client.ts'

const merchant = vectorKey('k1024')
const gateway = vectorKey('k2048')
const params = { user_id: '1234567', no_agree: '2014031710002121' }
const config: ClientConfig = {
  oidPartner: '201304121000001004',
  privateKey: merchant.pkcs1Base64,
  gatewayPublicKey: gateway.spkiPem,
  baseUrl: 'http://localhost',
}

const SUCCESS = JSON.stringify(
  withSign({ ret_code: '0000', ret_msg: '交易成功', sign_type: 'RSA' }, gateway.pkcs8Pem),
)
const replying = (body: string) => async () => new Response(body)

const spyFetch = () => vi.fn<() => Promise<Response>>(replying(SUCCESS))

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no failure',
    (error: unknown) => error,
  )

const der = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
const importKey = (format: 'pkcs8' | 'spki', source: string, extractable: boolean) =>
  webcrypto.subtle.importKey(
    format,
    der(source),
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    extractable,
    [format === 'pkcs8' ? 'sign' : 'verify'],
  )

afterEach(() => {
  vi.restoreAllMocks()
})

/** Another key of LianLian's, while it rotates. */
const otherKey = () =>
  generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({
    format: 'pem',
    type: 'spki',
  })

describe('a call', () => {
  test.each([
    [
      'createClient',
      () => createClient({ ...config, fetch: replying(SUCCESS) }).card.unbind(params),
    ],
    [
      'createCaller',
      () => createCaller({ ...config, fetch: replying(SUCCESS) }).call(unbind, params),
    ],
  ])('of %s ends in the proven outcome', async (_, call) => {
    expect(await call()).toMatchObject({
      outcome: 'unbound',
      evidence: 'signed-reply',
      reply: { signature: 'verified', fields: { ret_code: '0000' } },
    })
  })

  test('gives an injected fetch one signed request, and nothing of ofetch', async () => {
    const seen: [string, FetchInit][] = []
    const fetch = async (url: string, init: FetchInit) => {
      seen.push([url, init])
      return new Response(SUCCESS)
    }
    await createClient({ ...config, fetch }).card.unbind(params)
    expect(seen).toHaveLength(1)
    const [[url, init] = ['', {}]] = seen
    expect(url).toBe('http://localhost/bankcardunbind.htm')
    expect(init).toEqual({
      method: 'POST',
      headers: expect.objectContaining({ 'content-type': expect.stringContaining('json') }),
      body: expect.any(ArrayBuffer),
      redirect: 'manual',
      signal: expect.any(AbortSignal),
    })
    const members = JSON.parse(Buffer.from(seen[0]?.[1].body ?? new ArrayBuffer()).toString())
    expect(
      verify(
        'md5',
        Buffer.from(plainCanonical(members)),
        createPublicKey(merchant.spkiPem),
        Buffer.from(members.sign, 'base64'),
      ),
    ).toBe(true)
  })

  test('goes through a transport of the user', async () => {
    const sent: HttpRequest[] = []
    const client = createClient({
      ...config,
      transport: async (request) => {
        sent.push(request)
        return { status: 200, headers: {}, body: Buffer.from(SUCCESS) }
      },
    })
    expect(await client.card.unbind(params)).toMatchObject({ outcome: 'unbound' })
    expect(sent).toHaveLength(1)
  })

  test('takes keys of CryptoKey, and a Signer and a Verifier of the user', async () => {
    const privateKey = await importKey('pkcs8', merchant.pkcs8Base64, true)
    const gatewayPublicKey = await importKey('spki', gateway.spkiBase64, true)
    const fetch = replying(SUCCESS)
    const results = await Promise.all([
      createClient({ ...config, privateKey, gatewayPublicKey, fetch }).card.unbind(params),
      createClient({ ...config, privateKey: plainSigner(merchant.pkcs8Pem), fetch }).card.unbind(
        params,
      ),
      createClient({
        ...config,
        gatewayPublicKey: [otherKey(), gateway.spkiBase64],
        fetch,
      }).card.unbind(params),
    ])
    expect(results.map(({ outcome }) => outcome)).toEqual(['unbound', 'unbound', 'unbound'])
  })

  test('refuses a reply that was altered', async () => {
    const fetch = replying(SUCCESS.replace('成功', '成功!'))
    expect(await failure(createClient({ ...config, fetch }).card.unbind(params))).toMatchObject({
      code: 'ERR_SIGNATURE_INVALID',
      delivered: 'unknown',
    })
  })
})

describe('nothing is sent', () => {
  test('when the reply could not be verified here', async () => {
    const fetch = spyFetch()
    const client = createClient({
      ...config,
      privateKey: plainSigner(merchant.pkcs8Pem),
      backend: 'webcrypto',
      fetch,
    })
    expect(await failure(client.card.unbind(params))).toMatchObject({
      name: 'SigningError',
      code: 'ERR_ALGORITHM_UNSUPPORTED',
      delivered: 'no',
    })
    expect(fetch).not.toHaveBeenCalled()
  })

  test.each([
    ['as a CryptoKey', () => importKey('spki', merchant.spkiBase64, true)],
    ['as text, beside a private CryptoKey', async () => merchant.spkiPem],
  ])("when LianLian's key is the merchant's own, %s", async (_, gatewayKey) => {
    const fetch = spyFetch()
    const privateKey = await importKey('pkcs8', merchant.pkcs8Base64, true)
    const client = createClient({
      ...config,
      privateKey,
      gatewayPublicKey: await gatewayKey(),
      fetch,
    })
    expect(await failure(client.card.unbind(params))).toMatchObject({
      code: 'ERR_KEY_MISMATCH',
      delivered: 'no',
    })
    expect(fetch).not.toHaveBeenCalled()
  })
})

describe('createClient', () => {
  const sandboxKey = generateKeyPairSync('rsa', { modulusLength: 1024, publicExponent: 65_539 })
  const sandboxPem = sandboxKey.privateKey.export({ format: 'pem', type: 'pkcs8' })
  const { gatewayPublicKey: _, ...withoutGateway } = config
  const { privateKey: __, ...withoutMerchant } = config

  test.each<[string, object, string]>([
    ['a missing private key', withoutMerchant, 'ERR_CONFIG_MISSING'],
    ['a missing gateway key', withoutGateway, 'ERR_CONFIG_MISSING'],
    ['no gateway key in the list', { ...config, gatewayPublicKey: [] }, 'ERR_CONFIG_MISSING'],
    ['an unknown option', { ...config, passphrase: 'x' }, 'ERR_CONFIG_UNKNOWN_OPTION'],
    ['an unknown backend', { ...config, backend: 'wasm' }, 'ERR_CONFIG_INVALID'],
    ['bigint without permission', { ...config, backend: 'bigint' }, 'ERR_CONFIG_CONFLICT'],
    ['fetch and transport', { ...config, fetch, transport: () => {} }, 'ERR_CONFIG_CONFLICT'],
    ['a key that is none', { ...config, privateKey: 'nonsense' }, 'ERR_KEY_INVALID'],
    ['the wrong key', { ...config, privateKey: gateway.spkiPem }, 'ERR_KEY_WRONG_KIND'],
    [
      'a weak exponent',
      { ...config, gatewayPublicKey: vectorKey('k2048e3').spkiPem },
      'ERR_KEY_UNSUPPORTED',
    ],
    ['its own public key', { ...config, gatewayPublicKey: merchant.spkiPem }, 'ERR_KEY_MISMATCH'],
    [
      'a sandbox key',
      { ...config, baseUrl: undefined, privateKey: sandboxPem },
      'ERR_CONFIG_SANDBOX_KEY',
    ],
  ])('refuses %s at once', (_name, options, code) => {
    const bad: ClientConfig = Object.assign(Object.create(null), options)
    expect(() => createClient(bad)).toThrow(expect.objectContaining({ code, delivered: 'no' }))
    expect(() => createCaller(bad)).toThrow(expect.objectContaining({ code, delivered: 'no' }))
  })

  test.each(['pkcs8', 'spki'] as const)(
    'refuses a CryptoKey of a sandbox key (%s)',
    async (format) => {
      const key =
        format === 'pkcs8'
          ? sandboxKey.privateKey.export({ format: 'der', type: 'pkcs8' })
          : sandboxKey.publicKey.export({ format: 'der', type: 'spki' })
      const imported = await importKey(format, key.toString('base64'), true)
      const option = format === 'pkcs8' ? { privateKey: imported } : { gatewayPublicKey: imported }
      expect(() => createClient({ ...config, ...option, baseUrl: undefined })).toThrow(
        expect.objectContaining({ code: 'ERR_CONFIG_SANDBOX_KEY' }),
      )
    },
  )

  test('tries no backend before the first call', () => {
    const importSpy = vi.spyOn(crypto.subtle, 'importKey')
    const builtin = vi.spyOn(process, 'getBuiltinModule')
    createClient(config)
    createCaller(config)
    expect(importSpy).not.toHaveBeenCalled()
    expect(builtin).not.toHaveBeenCalled()
  })
})
