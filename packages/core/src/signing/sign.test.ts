import { plainSigner } from '@internal/testkit/signing'
import { loadSigningVectors, vectorKey } from '@internal/vectors'
import { expect, test } from 'vitest'

import { SigningError } from '../errors/signing-error.ts'
import { TransportError } from '../errors/transport-error.ts'
import type { Signer } from './ports.ts'
import { signMembers } from './sign.ts'

const signer = plainSigner(vectorKey('k1024').pkcs8Pem)
const cases = loadSigningVectors().cases

test.each(cases)('gives the signature of Java for vector $id', async (vector) => {
  const { canonical, sign } = await signMembers(vector.params, signer)
  expect(canonical).toBe(vector.canonical)
  expect(sign).toBe(vector.signatures['k1024']?.md5)
})

const failing = (reason: unknown): Signer => ({
  algorithm: 'MD5withRSA',
  sign: async () => {
    throw reason
  },
})

test.each([
  [
    'an error',
    Object.assign(new TypeError('key=SECRET'), { code: 'KMS_DOWN' }),
    'TypeError (KMS_DOWN)',
  ],
  [
    'an error of llpay that was sent',
    new TransportError('ERR_TRANSPORT_CLOSED', 'x', { delivered: 'unknown' }),
    'x',
  ],
  ['a text', 'SECRET', 'Error'],
  ['null', null, 'Error'],
])('a signer that throws %s has sent nothing', async (_, thrown, cause) => {
  await expect(signMembers({ a: '1' }, failing(thrown))).rejects.toMatchObject({
    name: 'SigningError',
    code: 'ERR_SIGN_FAILED',
    delivered: 'no',
    cause: expect.objectContaining({ message: cause }),
  })
})

test("a signer's own SigningError passes", async () => {
  const error = new SigningError('ERR_ALGORITHM_UNSUPPORTED', 'no MD5 here')
  await expect(signMembers({ a: '1' }, failing(error))).rejects.toBe(error)
})

test.each([
  ['nothing', undefined],
  ['a text', 'AAAA'],
  ['no bytes', new Uint8Array()],
  ['a list', [1, 2]],
])('a signer that gives %s has failed', async (_, given) => {
  const wrong: Signer = Object.assign(failing('unused'), { sign: async () => given })
  await expect(signMembers({ a: '1' }, wrong)).rejects.toMatchObject({
    code: 'ERR_SIGN_FAILED',
    delivered: 'no',
  })
})
