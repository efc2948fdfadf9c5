import { createHash, randomBytes, sign } from 'node:crypto'

import { plainCanonical, withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { diagnose, type HashName } from '@llpay/core/diagnose'
import { parsePublicKey } from '@llpay/core/keys'
import { expect, test } from 'vitest'

import { createVerifier } from './create-verifier.ts'
import { digest } from './diagnose.ts'

const HASHES: readonly HashName[] = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']

test.each(HASHES)('hashes with %s as node:crypto does', (name) => {
  for (const length of [0, 1, 55, 56, 64, 1000]) {
    const bytes = randomBytes(length)
    expect(Buffer.from(digest(name, bytes))).toEqual(createHash(name).update(bytes).digest())
  }
})

const { pkcs8Pem, spkiPem } = vectorKey('k1024')
const MEMBERS = { user_id: 'ab/c d', acct_name: '张三', sign_type: 'RSA' }

async function examine(message: object) {
  const verifier = await createVerifier(spkiPem, 'MD5withRSA', { backend: 'bigint' })
  const key = { name: 'the pasted key', key: parsePublicKey(spkiPem), verifier }
  return diagnose(JSON.stringify(message), { keys: [key], digest })
}

test('verifies a message without node:crypto and without WebCrypto', async () => {
  const report = await examine(withSign(MEMBERS, pkcs8Pem))
  expect(report).toMatchObject({ verified: true, causes: [], signature: { state: 'opened' } })
})

test('names the cause, and shows what was signed', async () => {
  const encoded = Object.entries(MEMBERS).map(([name, text]) => [name, encodeURIComponent(text)])
  const signed = plainCanonical(Object.fromEntries(encoded))
  const signature = sign('RSA-MD5', Buffer.from(signed), pkcs8Pem).toString('base64')
  const report = await examine({ ...MEMBERS, sign: signature })
  expect(report).toMatchObject({ verified: false, signedText: signed })
  expect(report.causes.map(({ key }) => key)).toEqual(['value.url-encoded'])
})
