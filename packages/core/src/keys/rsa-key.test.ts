import { createPrivateKey } from 'node:crypto'
import { inspect } from 'node:util'

import { vectorKey } from '@internal/vectors'
import { expect, test } from 'vitest'

import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import { parsePrivateKey } from './parse-key.ts'
import { RsaPrivateKey, type RsaPrivateNumbers } from './rsa-key.ts'

const vector = vectorKey('k1024')
const key = parsePrivateKey(vector.pkcs8Pem)
const numbers = key.reveal()
const jwk = createPrivateKey(vector.pkcs8Pem).export({ format: 'jwk' })

/** Every spelling in which a secret number of the key could turn up. */
const SECRETS = [jwk.d, jwk.p, jwk.q, jwk.dp, jwk.dq, jwk.qi].flatMap((text) => {
  const bytes = Buffer.from(text ?? '', 'base64url')
  const start = bytes.subarray(0, 12)
  return [
    start.toString('hex'),
    start.toString('base64'),
    start.toString('base64url'),
    start.join(', '),
    BigInt(`0x${bytes.toString('hex')}`).toString(),
  ]
})

const secretsIn = (text: string) => SECRETS.filter((secret) => text.includes(secret))

test('a secret would be noticed', () => {
  expect(SECRETS).toHaveLength(30)
  expect(secretsIn(inspect(jwk))).not.toEqual([])
})

test.each([
  ['inspected', inspect(key, { depth: 9, showHidden: true, getters: false })],
  ['inspected in a list', inspect([{ key }], { depth: 9 })],
  ['as JSON', JSON.stringify({ key })],
  ['as entries', inspect(Object.entries(key), { depth: 9 })],
])('shows no secret when %s', (_, text) => {
  expect(secretsIn(text)).toEqual([])
})

test('gives its public half', () => {
  const exported = createPrivateKey(vector.pkcs8Pem).export({ format: 'jwk' })
  expect(Buffer.from(key.publicKey.modulus).toString('base64url')).toBe(exported.n)
  expect(Buffer.from(key.publicKey.exponent).toString('base64url')).toBe(exported.e)
})

const NAMES = [
  'modulus',
  'privateExponent',
  'prime1',
  'prime2',
  'exponent1',
  'exponent2',
  'coefficient',
] satisfies (keyof RsaPrivateNumbers)[]

const refusal = (damaged: RsaPrivateNumbers): unknown => {
  try {
    return new RsaPrivateKey(damaged)
  } catch (error) {
    return error
  }
}

test.each(NAMES)('refuses a %s with one bit changed, and does not show it', (name) => {
  const at = numbers[name].length - 3
  const changed = numbers[name].with(at, (numbers[name][at] ?? 0) ^ 4)
  const error = refusal({ ...numbers, [name]: changed })
  expect(isLLPayError(error) && error.code).toBe('ERR_KEY_INVALID')
  expect(secretsIn(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error))).toEqual(
    [],
  )
})

test.each([
  ['primes in the wrong order', { ...numbers, prime1: numbers.prime2, prime2: numbers.prime1 }],
  ['a prime of one', { ...numbers, prime1: Uint8Array.of(1), prime2: numbers.modulus }],
  ['primes of zero', { ...numbers, prime1: Uint8Array.of(0), prime2: Uint8Array.of(0) }],
])('refuses %s', (_, damaged) => {
  expect(refusal(damaged)).toMatchObject({ name: 'KeyError', code: 'ERR_KEY_INVALID' })
})
