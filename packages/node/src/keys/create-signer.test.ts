import { createPrivateKey } from 'node:crypto'

import { loadSigningVectors, vectorKey } from '@internal/vectors'
import { expect, test } from 'vitest'

import { createSigner } from './open-keys.ts'

const { cases, keys } = loadSigningVectors()
const good = keys.filter(({ e }) => e === '65537')
const ALGORITHMS = [
  ['MD5withRSA', 'md5'],
  ['SHA256withRSA', 'sha256'],
] as const
const key = vectorKey('k1024')

test.each(good.flatMap(({ id }) => ALGORITHMS.map(([name, field]) => [id, name, field] as const)))(
  '%s signs all 30 vectors with %s as Java does',
  async (id, algorithm, field) => {
    const signer = await createSigner(vectorKey(id).pkcs8Pem, algorithm)
    const compared: string[] = []
    for (const { id: vector, canonical, signatures } of cases) {
      const signature = await signer.sign(Buffer.from(canonical))
      expect(Buffer.from(signature).toString('base64')).toBe(signatures[id]?.[field])
      compared.push(vector)
    }
    expect(signer.algorithm).toBe(algorithm)
    expect(compared).toHaveLength(30)
  },
)

test('that was four keys, two algorithms and 240 signatures', () => {
  expect(good).toHaveLength(4)
  expect(cases).toHaveLength(30)
})

const handle = createPrivateKey(key.pkcs8Pem)
const [first] = cases

test.each([
  ['PKCS#1 PEM', key.pkcs1Pem],
  ['PKCS#8 base64', key.pkcs8Base64],
  ['PKCS#1 base64', key.pkcs1Base64],
  ['DER bytes', new Uint8Array(Buffer.from(key.pkcs8Base64, 'base64'))],
  ['a Buffer', Buffer.from(key.pkcs8Base64, 'base64')],
  ['escaped newlines', key.pkcs8Pem.replaceAll('\n', String.raw`\n`)],
  ['a JWK', { ...handle.export({ format: 'jwk' }) }],
  ['a KeyObject', handle],
])('signs alike with the key as %s', async (_, source) => {
  const signer = await createSigner(source, 'MD5withRSA')
  const signature = await signer.sign(Buffer.from(first?.canonical ?? ''))
  expect(Buffer.from(signature).toString('base64')).toBe(first?.signatures['k1024']?.md5)
})

test('the signature is a separate array with the length of the modulus', async () => {
  const signer = await createSigner(key.pkcs8Pem, 'MD5withRSA')
  const signature = await signer.sign(new Uint8Array())
  expect(signature).toBeInstanceOf(Uint8Array)
  expect(Buffer.isBuffer(signature)).toBe(false)
  expect(signature).toHaveLength(128)
})

test('what is changed after the call is not signed', async () => {
  const signer = await createSigner(key.pkcs8Pem, 'MD5withRSA')
  const message = Buffer.from(first?.canonical ?? '')
  const pending = signer.sign(message)
  message.fill(0)
  const signature = Buffer.from(await pending).toString('base64')
  expect(signature).toBe(first?.signatures['k1024']?.md5)
})

test('a message that is not bytes is refused without repeating OpenSSL', async () => {
  const signer = await createSigner(key.pkcs8Pem, 'MD5withRSA')
  const nothing: { message: Uint8Array } = Object.assign(
    { message: new Uint8Array() },
    { message: 7 },
  )
  await expect(signer.sign(nothing.message)).rejects.toMatchObject({
    name: 'SigningError',
    code: 'ERR_SIGN_FAILED',
    delivered: 'no',
  })
})

const unknown: { name: 'MD5withRSA' } = Object.assign(
  { name: 'MD5withRSA' as const },
  { name: 'toString' },
)

test.each([
  ['an unknown algorithm', key.pkcs8Pem, unknown.name, 'ERR_CONFIG_INVALID'],
  ['a public key', key.spkiPem, 'MD5withRSA', 'ERR_KEY_WRONG_KIND'],
  ['exponent 3', vectorKey('k2048e3').pkcs8Pem, 'MD5withRSA', 'ERR_KEY_UNSUPPORTED'],
  ['nothing', '', 'MD5withRSA', 'ERR_KEY_INVALID'],
] as const)('refuses %s', async (_, source, algorithm, code) => {
  await expect(createSigner(source, algorithm)).rejects.toMatchObject({ code })
})
