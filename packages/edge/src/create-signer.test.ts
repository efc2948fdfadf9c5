import { createPrivateKey, createPublicKey, sign, verify, webcrypto } from 'node:crypto'

import { vectorKey } from '@internal/vectors'
import { afterEach, describe, expect, test, vi } from 'vitest'

import { createSigner } from './create-signer.ts'
import { createVerifier } from './create-verifier.ts'
import type { KeyInput } from './keys/key-input.ts'

const vector = vectorKey('k2048')
const { pkcs1Pem, pkcs8Pem, pkcs1Base64, pkcs8Base64, spkiPem, spkiBase64 } = vector
const message = new TextEncoder().encode('sign_type=RSA&user_id=张三')
const handle = createPrivateKey(pkcs8Pem)
const jwk = handle.export({ format: 'jwk' })
const publicJwk = createPublicKey(spkiPem).export({ format: 'jwk' })
const der = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))

const SCHEME = 'RSASSA-PKCS1-v1_5'

interface Import {
  readonly extractable?: boolean
  readonly name?: string
  readonly format?: 'pkcs8' | 'spki'
}

const importKey = (
  source: string,
  { extractable = false, name = SCHEME, format = 'pkcs8' }: Import = {},
) =>
  webcrypto.subtle.importKey(format, der(source), { name, hash: 'SHA-256' }, extractable, [
    format === 'pkcs8' ? 'sign' : 'verify',
  ])

afterEach(() => {
  vi.restoreAllMocks()
})

describe('createSigner', () => {
  test.each<[string, KeyInput]>([
    ['PKCS#1 PEM', pkcs1Pem],
    ['PKCS#8 PEM', pkcs8Pem],
    ['one-line PKCS#1', pkcs1Base64],
    ['one-line PKCS#8', pkcs8Base64],
    ['PEM with escaped newlines', pkcs8Pem.replaceAll('\n', '\\n')],
    ['PEM with Windows line ends', pkcs1Pem.replaceAll('\n', '\r\n')],
    ['PKCS#1 DER', der(pkcs1Base64)],
    ['PKCS#8 DER', der(pkcs8Base64)],
    ['a JWK', jwk],
    ['a JWK as text', JSON.stringify(jwk)],
    ['a JWK as quoted text', `'${JSON.stringify(jwk, null, 2)}'`],
  ])('reads %s', async (_, key) => {
    const signer = await createSigner(key, 'MD5withRSA')
    expect(Buffer.from(await signer.sign(message))).toEqual(sign('md5', message, handle))
    expect(signer).toMatchObject({ algorithm: 'MD5withRSA', backend: 'node' })
  })

  test('exports a CryptoKey of another hash where that is allowed', async () => {
    const key = await importKey(pkcs8Base64, { extractable: true })
    const signer = await createSigner(key, 'MD5withRSA')
    expect(Buffer.from(await signer.sign(message))).toEqual(sign('md5', message, handle))
  })

  test('uses a CryptoKey that cannot be exported, with the hash it has', async () => {
    const signer = await createSigner(await importKey(pkcs8Base64), 'SHA256withRSA')
    expect(signer.backend).toBe('webcrypto')
    expect(Buffer.from(await signer.sign(message))).toEqual(sign('sha256', message, handle))
  })

  test('refuses a CryptoKey that can never sign MD5', async () => {
    const key = await importKey(pkcs8Base64)
    await expect(createSigner(key, 'MD5withRSA')).rejects.toMatchObject({
      name: 'KeyError',
      code: 'ERR_KEY_UNSUPPORTED',
      message: expect.stringContaining('bound to its hash'),
    })
  })

  test('refuses a CryptoKey that only another backend could use', async () => {
    const key = await importKey(pkcs8Base64)
    await expect(createSigner(key, 'SHA256withRSA', { backend: 'node' })).rejects.toMatchObject({
      code: 'ERR_KEY_UNSUPPORTED',
    })
  })

  test('refuses a CryptoKey of the wrong kind or scheme, and what only looks like one', async () => {
    const publicKey = await importKey(spkiBase64, { format: 'spki' })
    await expect(createSigner(publicKey, 'SHA256withRSA')).rejects.toMatchObject({
      code: 'ERR_KEY_WRONG_KIND',
    })
    const pss = await importKey(pkcs8Base64, { name: 'RSA-PSS', extractable: true })
    await expect(createSigner(pss, 'SHA256withRSA')).rejects.toMatchObject({
      code: 'ERR_KEY_UNSUPPORTED',
    })
    const { type, extractable, algorithm, usages } = pss
    const lookAlike = { type, extractable, algorithm, usages }
    await expect(createSigner(lookAlike, 'SHA256withRSA')).rejects.toMatchObject({
      code: 'ERR_KEY_UNSUPPORTED',
    })
  })

  test('imports keys that cannot be exported again', async () => {
    const spy = vi.spyOn(crypto.subtle, 'importKey')
    await createSigner(pkcs1Pem, 'SHA256withRSA')
    expect(spy.mock.calls.map(([, , , extractable]) => extractable)).not.toContain(true)
    expect(spy).toHaveBeenCalled()
  })

  test('passes over a backend that refuses this key alone', async () => {
    // The trial with the test key is over when this key comes.
    await createSigner(pkcs1Pem, 'SHA256withRSA')
    vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('', 'DataError'))
    const signer = await createSigner(pkcs1Pem, 'SHA256withRSA')
    expect(signer.backend).toBe('node')
    await expect(
      createSigner(pkcs1Pem, 'SHA256withRSA', { backend: 'webcrypto' }),
    ).rejects.toMatchObject({
      code: 'ERR_ALGORITHM_UNSUPPORTED',
      message: expect.stringContaining('webcrypto (it refuses: DataError)'),
    })
  })

  test('translates what the runtime throws', async () => {
    const signer = await createSigner(pkcs1Pem, 'SHA256withRSA')
    vi.spyOn(crypto.subtle, 'sign').mockRejectedValue(new DOMException(pkcs1Pem, 'OperationError'))
    const error: unknown = await signer.sign(message).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'ERR_SIGN_FAILED', delivered: 'no' })
    expect(JSON.stringify(error)).not.toContain(pkcs1Pem.slice(40, 80))
  })

  test('signs with BigInt if it is selected and allowed', async () => {
    const options = { backend: 'bigint', allowBigIntSigning: true } as const
    const signer = await createSigner(pkcs1Pem, 'MD5withRSA', options)
    expect(signer.backend).toBe('bigint')
    expect(Buffer.from(await signer.sign(message))).toEqual(sign('md5', message, handle))
    await expect(createSigner(pkcs1Pem, 'MD5withRSA', { backend: 'bigint' })).rejects.toMatchObject(
      { code: 'ERR_CONFIG_CONFLICT' },
    )
  })

  test.each([
    ['a public key', spkiPem, 'ERR_KEY_WRONG_KIND'],
    ['a public JWK as text', JSON.stringify(publicJwk), 'ERR_KEY_WRONG_KIND'],
    ['half a JWK', JSON.stringify(jwk).slice(0, 400), 'ERR_KEY_INVALID'],
    ['nothing', '', 'ERR_KEY_INVALID'],
  ])('refuses %s', async (_, key, code) => {
    const error: unknown = await createSigner(key, 'MD5withRSA').catch((caught: unknown) => caught)
    expect(error).toMatchObject({ name: 'KeyError', code })
    expect(JSON.stringify(error)).not.toContain(String(jwk.n).slice(0, 20))
  })
})

describe('createVerifier', () => {
  const signature = new Uint8Array(sign('md5', message, handle))

  test.each<[string, KeyInput]>([
    ['PEM', spkiPem],
    ['one-line base64', spkiBase64],
    ['PKCS#1 PEM', vector.pkcs1PublicPem],
    ['DER', der(spkiBase64)],
    ['a JWK', publicJwk],
    ['a JWK as text', JSON.stringify(publicJwk)],
  ])('reads %s', async (_, key) => {
    const verifier = await createVerifier(key, 'MD5withRSA')
    expect(await verifier.verify(message, signature)).toBe(true)
    expect(await verifier.verify(message.subarray(1), signature)).toBe(false)
    expect(await verifier.verify(message, signature.subarray(1))).toBe(false)
  })

  test.each([true, false])('uses a CryptoKey, extractable: %s', async (extractable) => {
    const key = await importKey(spkiBase64, { format: 'spki', extractable })
    const verifier = await createVerifier(key, 'SHA256withRSA')
    const good = new Uint8Array(sign('sha256', message, handle))
    expect(verify('sha256', message, spkiPem, good)).toBe(true)
    expect(await verifier.verify(message, good)).toBe(true)
    expect(await verifier.verify(message, signature)).toBe(false)
  })

  test('a private key is refused', async () => {
    await expect(createVerifier(pkcs8Pem, 'MD5withRSA')).rejects.toMatchObject({
      code: 'ERR_KEY_WRONG_KIND',
    })
  })

  test('an algorithm that llpay does not know is refused', async () => {
    const unknown: Parameters<typeof createVerifier>[1] = JSON.parse('"SHA1withRSA"')
    await expect(createVerifier(spkiPem, unknown)).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
    })
    await expect(createSigner(pkcs8Pem, unknown)).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
    })
  })
})
