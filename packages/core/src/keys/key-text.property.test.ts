import { fuzzRuns } from '@internal/testkit/random'
import { loadSigningVectors } from '@internal/vectors'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { KeyError } from '../errors/key-error.ts'
import { parsePrivateKey, parsePublicKey } from './parse-key.ts'
import { RsaPrivateKey, RsaPublicKey } from './rsa-key.ts'

const texts = loadSigningVectors().keys.flatMap(({ pkcs1Pem, pkcs8Pem, spkiPem, spkiBase64 }) => [
  pkcs1Pem,
  pkcs8Pem,
  spkiPem,
  spkiBase64,
])

/** A key with a piece cut out, put in, or doubled. */
const damaged = fc
  .tuple(fc.constantFrom(...texts), fc.nat(2000), fc.nat(60), fc.string({ maxLength: 30 }))
  .map(([text, at, length, more]) => text.slice(0, at) + more + text.slice(at + length))

const anything = fc.oneof(
  damaged,
  fc.string(),
  fc.uint8Array({ maxLength: 400 }),
  fc
    .constantFrom('-----BEGIN A-----', '{', '{"kty":"RSA"}', '[]')
    .chain((text) => fc.string().map((more) => text + more)),
)

const outcomeOf = (read: () => unknown): unknown => {
  try {
    return read()
  } catch (error) {
    return error
  }
}

test('whatever is given as a key ends in a key or a KeyError', () => {
  fc.assert(
    fc.property(anything, (source) => {
      const key = outcomeOf(() => parsePrivateKey(source))
      expect(key instanceof RsaPrivateKey || key instanceof KeyError).toBe(true)
      const publicKey = outcomeOf(() => parsePublicKey(source))
      expect(publicKey instanceof RsaPublicKey || publicKey instanceof KeyError).toBe(true)
    }),
    fuzzRuns(2000),
  )
})
