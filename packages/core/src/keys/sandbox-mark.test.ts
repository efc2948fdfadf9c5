import { generateKeyPairSync } from 'node:crypto'

import { vectorKey } from '@internal/vectors'
import { expect, test } from 'vitest'

import { parsePublicKey } from './parse-key.ts'
import { isSandboxKey, SANDBOX_EXPONENT } from './rsa-key.ts'

test('a key with the exponent of the sandbox is marked', () => {
  const options = { modulusLength: 1024, publicExponent: SANDBOX_EXPONENT }
  const { publicKey } = generateKeyPairSync('rsa', options)
  expect(isSandboxKey(parsePublicKey({ ...publicKey.export({ format: 'jwk' }) }))).toBe(true)
})

test('an ordinary key is not marked', () => {
  expect(isSandboxKey(parsePublicKey(vectorKey('k1024').spkiPem))).toBe(false)
})
