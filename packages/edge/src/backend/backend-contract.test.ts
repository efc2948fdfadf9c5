import { loadSigningVectors, loadWycheproof, vectorKey } from '@internal/vectors'
import { parsePrivateKey, parsePublicKey } from '@llpay/core/keys'
import type { SignatureAlgorithm } from '@llpay/core/signing'
import { describe, expect, test } from 'vitest'

import type { Backend } from './backends.ts'
import { bigintBackend } from './bigint/bigint-backend.ts'
import { nodeBackend } from './node.ts'
import { webcryptoBackend } from './webcrypto.ts'

const vectors = loadSigningVectors()
const keys = vectors.keys.filter(({ e }) => e === '65537')
const bytes = (text: string) => new TextEncoder().encode(text)
const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
const fromHex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))
/** The expected result; an acceptable signature may be either. */
const matches = (expected: 'valid' | 'invalid' | 'acceptable', verdict: boolean) =>
  expected === 'acceptable' ? verdict : expected === 'valid'

const isSmall = (exponentHex: string) => Number.parseInt(exponentHex, 16) < 65_537

const field = { MD5withRSA: 'md5', SHA256withRSA: 'sha256' } as const

function present(backend: Backend | undefined): Backend {
  if (backend === undefined) throw new Error('Node has this backend')
  return backend
}

const BACKENDS: readonly (readonly [string, Backend, readonly SignatureAlgorithm[]])[] = [
  ['webcrypto', present(webcryptoBackend()), ['SHA256withRSA']],
  ['node', present(nodeBackend()), ['MD5withRSA', 'SHA256withRSA']],
  ['bigint', bigintBackend(), ['MD5withRSA', 'SHA256withRSA']],
]

describe.each(BACKENDS)('%s', (name, backend, algorithms) => {
  test('goes by its name', () => {
    expect(backend.name).toBe(name)
  })

  describe.each(algorithms)('%s', (algorithm) => {
    test.each(keys)('signs every message as Java did with $id', async ({ id, pkcs1Pem }) => {
      const signer = await backend.openSigner(parsePrivateKey(pkcs1Pem), algorithm)
      for (const { canonical, signatures } of vectors.cases) {
        const signature = await signer.sign(bytes(canonical))
        expect(Buffer.from(signature).toString('base64')).toBe(signatures[id]?.[field[algorithm]])
      }
    })

    test('verifies what Java signed, and not under the other digest', async () => {
      const other = algorithm === 'MD5withRSA' ? 'sha256' : 'md5'
      for (const { id, spkiPem } of keys) {
        const verifier = await backend.openVerifier(parsePublicKey(spkiPem), algorithm)
        for (const { canonical, signatures } of vectors.cases) {
          const verdict = (sign = '') => verifier.verify(bytes(canonical), fromBase64(sign))
          expect(await verdict(signatures[id]?.[field[algorithm]])).toBe(true)
          expect(await verdict(signatures[id]?.[other])).toBe(false)
        }
      }
    })

    test('signs and verifies what it was given, not what the bytes became since', async () => {
      const { id, pkcs8Pem, spkiPem } = vectorKey('k1024')
      const signer = await backend.openSigner(parsePrivateKey(pkcs8Pem), algorithm)
      const verifier = await backend.openVerifier(parsePublicKey(spkiPem), algorithm)
      const { canonical = '', signatures } = vectors.cases[0] ?? {}
      const expected = fromBase64(signatures?.[id]?.[field[algorithm]] ?? '')

      const message = bytes(canonical)
      const signing = signer.sign(message)
      message.fill(0)
      expect(await signing).toEqual(expected)

      const again = bytes(canonical)
      const signature = expected.slice()
      const verifying = verifier.verify(again, signature)
      again.fill(0)
      signature.fill(0)
      expect(await verifying).toBe(true)
    })
  })

  test.each([2048, 3072, 4096] as const)('passes Wycheproof with %i bits', async (bits) => {
    const { testGroups } = loadWycheproof(bits)
    const groups = testGroups.filter(({ publicKey }) => !isSmall(publicKey.publicExponent))
    expect(groups.length).toBeGreaterThan(0)
    for (const { publicKeyPem, tests } of groups) {
      const verifier = await backend.openVerifier(parsePublicKey(publicKeyPem), 'SHA256withRSA')
      for (const { tcId, msg, sig, result } of tests) {
        const verdict = await verifier.verify(fromHex(msg), fromHex(sig))
        expect([tcId, verdict]).toEqual([tcId, matches(result, verdict)])
      }
    }
  })
})

const withMd5 = BACKENDS.filter(([, , algorithms]) => algorithms.includes('MD5withRSA'))

test.each(withMd5)('%s accepts and rejects correctly in every check', async (_, backend) => {
  const checks = vectors.checks.filter(({ key }) => key !== 'k2048e3')
  expect(checks).toHaveLength(117)
  for (const { id, key, alg, canonical, sign, expect: expected } of checks) {
    const verifier = await backend.openVerifier(parsePublicKey(vectorKey(key).spkiPem), alg)
    const verdict = await verifier.verify(bytes(canonical), fromBase64(sign))
    expect([id, verdict]).toEqual([id, matches(expected, verdict)])
  }
})

test('keys with a small exponent are refused before any backend sees them', () => {
  const wycheproof = ([2048, 3072, 4096] as const)
    .flatMap((bits) => loadWycheproof(bits).testGroups)
    .filter(({ publicKey }) => isSmall(publicKey.publicExponent))
    .map(({ publicKeyPem }) => publicKeyPem)
  expect(wycheproof.length).toBeGreaterThan(0)
  for (const pem of [vectorKey('k2048e3').spkiPem, ...wycheproof]) {
    expect(() => parsePublicKey(pem)).toThrow('public exponent')
  }
})
