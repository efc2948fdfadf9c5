import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'

import { vectorKey } from '@internal/vectors'
import { parsePrivateKey } from '@llpay/core/keys'
import { pow } from '@noble/curves/abstract/modular.js'
import { expect, test, describe } from 'vitest'

import { toBytes, toInteger, FaultySignature, toIntegers, type HalfPower } from './arithmetic.ts'
import { bigintSigner } from './bigint-backend.ts'

test.each<[bigint, number[]]>([
  [0n, [0]],
  [1n, [0, 0, 1]],
  [0x0102n, [1, 2]],
  [0xff00ffn, [255, 0, 255]],
])('%s and its bytes', (value, bytes) => {
  expect([...toBytes(value, bytes.length)]).toEqual(bytes)
  expect(toInteger(Uint8Array.from(bytes))).toBe(value)
})

test('no bytes are zero', () => {
  expect(toInteger(new Uint8Array())).toBe(0n)
})

const vector = vectorKey('k1024')
const key = parsePrivateKey(vector.pkcs1Pem)
const { p, q } = toIntegers(key.reveal())
const message = new TextEncoder().encode('sign_type=RSA&user_id=1234567')

const failingAt =
  (target: bigint, fault: (result: bigint) => bigint): HalfPower =>
  (base, exponent, prime) => {
    const result = pow(base, exponent, prime)
    return prime === target ? fault(result) : result
  }

describe.each([
  ['p', p],
  ['q', q],
])('a fault in the half of %s', (_, prime) => {
  test.each<[string, (result: bigint) => bigint]>([
    ['a flipped bit', (result) => result ^ 1n],
    ['zero', () => 0n],
    ['a result beyond the prime', (result) => result + prime + 1n],
  ])('%s is never released', async (_name, fault) => {
    const signer = bigintSigner(key, 'MD5withRSA', failingAt(prime, fault))
    await expect(signer.sign(message)).rejects.toThrow(FaultySignature)
  })
})

test('what is raised to the private exponent differs each time, and the signature does not', async () => {
  const bases = new Set<bigint>()
  const signer = bigintSigner(key, 'MD5withRSA', (base, exponent, prime) => {
    bases.add(base)
    return pow(base, exponent, prime)
  })
  const signatures = new Set<string>()
  // Enough to see both a squared pair and a fresh one.
  for (let round = 0; round < 40; round += 1) {
    signatures.add(Buffer.from(await signer.sign(message)).toString('hex'))
  }
  expect(bases.size).toBe(80)
  expect(signatures.size).toBe(1)
})

test('signatures that are asked for at once do not disturb each other', async () => {
  const signer = bigintSigner(key, 'SHA256withRSA')
  const messages = Array.from({ length: 50 }, (_, index) => Uint8Array.of(index))
  const signatures = await Promise.all(messages.map((each) => signer.sign(each)))
  const publicKey = createPublicKey(vector.spkiPem)
  expect(
    messages.map((each, index) =>
      verify('sha256', each, publicKey, signatures[index] ?? new Uint8Array()),
    ),
  ).toEqual(messages.map(() => true))
})

test.each([1024, 1032, 1536, 2049])('signs with an odd size of %i bits', async (modulusLength) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength,
    publicExponent: 65_539,
  })
  const der = privateKey.export({ format: 'der', type: 'pkcs8' })
  const signature = await bigintSigner(parsePrivateKey(der), 'MD5withRSA').sign(message)
  expect(verify('md5', message, publicKey, signature)).toBe(true)
})
