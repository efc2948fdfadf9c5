import { createPrivateKey } from 'node:crypto'

import { expect, test } from 'vitest'

import { makeProbeKey } from './probe.ts'

test('OpenSSL finds the key complete', () => {
  const { pkcs8, publicKey } = makeProbeKey()
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  expect(key.asymmetricKeyDetails).toMatchObject({ modulusLength: 1024, publicExponent: 65_537n })
  expect(Buffer.from(publicKey.modulus).toString('base64url')).toBe(key.export({ format: 'jwk' }).n)
})
