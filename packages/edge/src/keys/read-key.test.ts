import { loadPem, vectorKey } from '@internal/vectors'
import { isLLPayError } from '@llpay/core'
import { expect, test } from 'vitest'

import { createClient } from '../create-client.ts'
import { createSigner } from '../create-signer.ts'
import { createVerifier } from '../create-verifier.ts'

const { pkcs8Pem: pem, pkcs8Base64: base64, spkiPem } = vectorKey('k2048')
const config = { oidPartner: '201304121000001004', gatewayPublicKey: vectorKey('k1024').spkiPem }
/** Typed code cannot give these. */
const untyped = (value: unknown): string => JSON.parse('0', () => value)

const refused = (words: RegExp) =>
  expect.toSatisfy((error: unknown) => {
    if (!isLLPayError(error) || error.name !== 'KeyError') return false
    return words.test(`${error.message} ${error.hint}`)
  })

test.each<[string, unknown, RegExp, RegExp]>([
  ['PKCS#12', Uint8Array.of(0x30, 0x82, 1, 1, 2, 1, 3, 0x30), /pkcs12 -in/, /PKCS#12/],
  ['OpenSSH', '-----BEGIN OPENSSH PRIVATE KEY-----', /ssh-keygen/, /OpenSSH/],
  ['the XML of .NET', '<RSAKeyValue>', /ExportPkcs8/, /\.NET/],
  ['JSON', JSON.stringify({ key: pem }), /member "key"/, /JSON/],
  ['a file', '/run/secrets/private', /name of a file/, /name of a file/],
  ['a Promise', Promise.resolve(pem), /await/, /Promise/],
  ['a URL', new URL('file:///x'), /URL/, /URL/],
  ['a String object', Object(pem), /String/, /String/],
  ['an array', [pem], /array/, /Array/],
  ['undefined', undefined, /No key was given/, /privateKey is missing/],
  ['a number', 7, /a number/, /a number/],
  ['a Buffer as JSON', { type: 'Buffer', data: [48] }, /Buffer/, /neither a JWK/],
])('names %s: in full where a diagnosis can be loaded, else where to find it', async (...row) => {
  const [, source, full, short] = row
  await expect(createSigner(untyped(source), 'MD5withRSA')).rejects.toEqual(refused(full))
  await expect(createVerifier(untyped(source), 'MD5withRSA')).rejects.toEqual(refused(full))
  expect(() => createClient({ ...config, privateKey: untyped(source) })).toThrow(short)
  if (source === undefined) return
  expect(() => createClient({ ...config, privateKey: untyped(source) })).toThrow(
    expect.objectContaining({ hint: expect.stringContaining('await createSigner(privateKey, ') }),
  )
  const gatewayPublicKey = [config.gatewayPublicKey, untyped(source)]
  expect(() => createClient({ ...config, privateKey: pem, gatewayPublicKey })).toThrow(
    expect.objectContaining({ hint: expect.stringContaining('await createVerifier(gatewayPub') }),
  )
})

test.each([
  ['PEM in base64 twice', Buffer.from(pem).toString('base64')],
  ['an ArrayBuffer', new Uint8Array(Buffer.from(base64, 'base64')).buffer],
  ['a certificate and a key', loadPem('rsa-certificate') + pem],
  ['base64url', Buffer.from(base64, 'base64').toString('base64url')],
])('%s is read', async (_, source) => {
  const signer = await createSigner(source, 'MD5withRSA')
  const verifier = await createVerifier(spkiPem, 'MD5withRSA')
  const message = new TextEncoder().encode('sign_type=RSA')
  expect(await verifier.verify(message, await signer.sign(message))).toBe(true)
  expect(() => createClient({ ...config, privateKey: source })).not.toThrow()
})
