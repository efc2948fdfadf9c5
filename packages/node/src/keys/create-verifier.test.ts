import { createPublicKey } from 'node:crypto'

import {
  loadSigningVectors,
  loadWycheproof,
  vectorKey,
  type WycheproofFile,
} from '@internal/vectors'
import { isLLPayError } from '@llpay/core'
import { describe, expect, test } from 'vitest'

import { createVerifier } from './open-keys.ts'

const { cases, checks, keys } = loadSigningVectors()
const good = keys.filter(({ e }) => e === '65537')
const weak = checks.filter(({ key }) => key === 'k2048e3')
const strong = checks.filter(({ key }) => key !== 'k2048e3')
const fromBase64 = (text: string) => Buffer.from(text, 'base64')

describe.each(good)('$id', ({ id, spkiPem }) => {
  test.each([
    ['MD5withRSA', 'md5'],
    ['SHA256withRSA', 'sha256'],
  ] as const)(
    'verifies all 30 vectors with %s, and none with a byte changed',
    async (algorithm, field) => {
      const verifier = await createVerifier(spkiPem, algorithm)
      const verdicts: boolean[] = []
      for (const { canonical, signatures } of cases) {
        const signature = fromBase64(signatures[id]?.[field] ?? '')
        verdicts.push(await verifier.verify(Buffer.from(canonical), signature))
        expect(await verifier.verify(Buffer.from(`${canonical}.`), signature)).toBe(false)
      }
      expect(verdicts).toEqual(Array.from({ length: 30 }, () => true))
      expect(verifier.algorithm).toBe(algorithm)
    },
  )

  test('takes no signature of the other algorithm', async () => {
    const verifier = await createVerifier(spkiPem, 'MD5withRSA')
    const [{ canonical, signatures } = { canonical: '', signatures: {} }] = cases
    const signature = fromBase64(
      Object.entries(signatures).find(([name]) => name === id)?.[1].sha256 ?? '',
    )
    expect(await verifier.verify(Buffer.from(canonical), signature)).toBe(false)
  })
})

test('there are 119 checks, two of them with exponent 3', () => {
  expect([checks.length, strong.length, weak.length]).toEqual([119, 117, 2])
})

test.each(strong)(
  '$id ($expect): $note',
  async ({ key, alg, canonical, sign, expect: expected }) => {
    const verifier = await createVerifier(vectorKey(key).spkiPem, alg)
    const verdict = await verifier.verify(Buffer.from(canonical), fromBase64(sign))
    const allowed = { valid: [true], invalid: [false], acceptable: [true, false] }[expected]
    expect(allowed).toContain(verdict)
  },
)

test.each(weak)('$id: the key itself is refused', async ({ key, alg }) => {
  await expect(createVerifier(vectorKey(key).spkiPem, alg)).rejects.toMatchObject({
    name: 'KeyError',
    code: 'ERR_KEY_UNSUPPORTED',
  })
})

type Verdict = 'valid' | 'invalid' | 'ERR_KEY_UNSUPPORTED' | 'another error'

async function judge(group: WycheproofFile['testGroups'][number]): Promise<Verdict[]> {
  try {
    const verifier = await createVerifier(group.publicKeyPem, 'SHA256withRSA')
    const verdicts = group.tests.map(async ({ msg, sig }): Promise<Verdict> => {
      const isGood = await verifier.verify(Buffer.from(msg, 'hex'), Buffer.from(sig, 'hex'))
      return isGood ? 'valid' : 'invalid'
    })
    return await Promise.all(verdicts)
  } catch (error) {
    const isRefusal = isLLPayError(error) && error.code === 'ERR_KEY_UNSUPPORTED'
    return group.tests.map(() => (isRefusal ? 'ERR_KEY_UNSUPPORTED' : 'another error'))
  }
}

/** What a group's tests may come to: with exponent 3, its key is refused. */
function allowedIn(group: WycheproofFile['testGroups'][number]): string[][] {
  if (group.publicKey.publicExponent === '03') return group.tests.map(() => ['ERR_KEY_UNSUPPORTED'])
  return group.tests.map(({ result }) =>
    result === 'acceptable' ? ['valid', 'invalid'] : [result],
  )
}

test.each([
  [2048, 259, 2],
  [3072, 259, 1],
  [4096, 258, 0],
] as const)(
  'Wycheproof agrees for %i bits: %i tests, %i with exponent 3',
  async (bits, count, refused) => {
    const { numberOfTests, testGroups } = loadWycheproof(bits)
    const wrong: number[] = []
    const verdicts: Verdict[] = []
    for (const group of testGroups) {
      const allowed = allowedIn(group)
      const judged = await judge(group)
      verdicts.push(...judged)
      for (const [index, verdict] of judged.entries()) {
        if (allowed[index]?.includes(verdict) !== true) wrong.push(group.tests[index]?.tcId ?? -1)
      }
    }
    expect(wrong).toEqual([])
    expect([verdicts.length, numberOfTests]).toEqual([count, count])
    expect(verdicts.filter((verdict) => verdict === 'ERR_KEY_UNSUPPORTED')).toHaveLength(refused)
    expect(verdicts).toContain('valid')
  },
)

const key = vectorKey('k1024')
const handle = createPublicKey(key.spkiPem)

test.each([
  ['base64', key.spkiBase64],
  ['PKCS#1 PEM', key.pkcs1PublicPem],
  ['DER bytes', new Uint8Array(fromBase64(key.spkiBase64))],
  ['a JWK', { ...handle.export({ format: 'jwk' }) }],
  ['a KeyObject', handle],
])('verifies alike with the key as %s', async (_, source) => {
  const verifier = await createVerifier(source, 'MD5withRSA')
  const [vector] = cases
  const message = Buffer.from(vector?.canonical ?? '')
  const signature = fromBase64(vector?.signatures['k1024']?.md5 ?? '')
  expect(await verifier.verify(message, signature)).toBe(true)
  expect(await verifier.verify(message, signature.subarray(1))).toBe(false)
  expect(await verifier.verify(message, new Uint8Array())).toBe(false)
})
