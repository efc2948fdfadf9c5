import { plainCanonical, plainSign, plainVerifier } from '@internal/testkit/signing'
import { loadGatewayMessages, vectorKey } from '@internal/vectors'
import { expect, test } from 'vitest'

import { readJsonObject } from '../json/read-json.ts'
import { parsePublicKey } from '../keys/parse-key.ts'
import { hasSignature, requireSignType, verifyMembers } from './verify.ts'

const { gatewayPublicKey, messages } = loadGatewayMessages()
const pem = (spki: Uint8Array) =>
  `-----BEGIN PUBLIC KEY-----\n${Buffer.from(spki).toString('base64')}\n-----END PUBLIC KEY-----`
const lianLian = plainVerifier(pem(parsePublicKey(gatewayPublicKey).spki))
const key = vectorKey('k1024')
const ours = plainVerifier(key.spkiPem)

test('there are eight messages of the real gateway, and all verify', () => {
  expect(messages).toHaveLength(8)
  expect(messages.filter(({ verifies }) => !verifies)).toEqual([])
})

test.each(messages)('$id verifies', async ({ body, canonical, unsignedFields }) => {
  const message = readJsonObject(body)
  const signed = await verifyMembers(message, { verifiers: [lianLian], unsignedFields })
  expect(plainCanonical(Object.fromEntries(signed))).toBe(canonical)
})

test.each(messages)('$id does not verify with a byte changed', async ({ body, unsignedFields }) => {
  const message = readJsonObject(body.replace(/"(ret_msg|no_order)":"/, '$&x'))
  const verdict = verifyMembers(message, { verifiers: [lianLian], unsignedFields })
  await expect(verdict).rejects.toMatchObject({ code: 'ERR_SIGNATURE_INVALID' })
})

test.each(messages)('$id does not verify with a member more', async ({ body, unsignedFields }) => {
  const message = readJsonObject(body.replace('{', '{"zz_extra":"1",'))
  const verdict = verifyMembers(message, { verifiers: [lianLian], unsignedFields })
  await expect(verdict).rejects.toMatchObject({ code: 'ERR_SIGNATURE_INVALID' })
})

test('the list is refused where its rows are not known to be unsigned', async () => {
  const body = messages.find(({ id }) => id === 'bind-list-0000')?.body ?? ''
  const verdict = verifyMembers(readJsonObject(body), { verifiers: [lianLian], unsignedFields: [] })
  await expect(verdict).rejects.toMatchObject({ code: 'ERR_REPLY_INVALID' })
})

const verify = (canonical: string, members: string) => {
  const sign = plainSign(canonical, key.pkcs8Pem)
  const message = readJsonObject(`{${members},"sign":"${sign}"}`)
  return verifyMembers(message, { verifiers: [ours], unsignedFields: ['rows'] })
}

test.each([
  ['a number by its source', 'n=0.10', '"n":0.10'],
  ['a large number', 'n=12345678901234567890123', '"n":12345678901234567890123'],
  ['an exponent', 'n=1E+05', '"n":1E+05'],
  ['booleans', 'f=false&t=true', '"t":true,"f":false'],
  ['an escaped text, decoded', 'a=é/', String.raw`"a":"\u00e9\/"`],
  ['no null and no empty text', 'a=1', '"a":"1","b":null,"c":""'],
  ['no unsigned member', 'a=1', '"a":"1","rows":[{"a":"2"}]'],
  ['a member named __proto__', '__proto__=1&a=2', '"a":"2","__proto__":"1"'],
  ['a text of null', 'a=null', '"a":"null"'],
])('signs %s', async (_, canonical, members) => {
  const signed = await verify(canonical, members)
  expect(
    Array.from(signed, (member) => member.join('='))
      .toSorted()
      .join('&'),
  ).toBe(canonical)
})

test.each([
  ['a number written shorter', 'n=0.1', '"n":0.10'],
  ['an escape that is not decoded', String.raw`a=\u00e9`, String.raw`"a":"\u00e9"`],
  ['an empty member', 'a=1&c=', '"a":"1","c":""'],
])('does not sign %s', async (_, canonical, members) => {
  await expect(verify(canonical, members)).rejects.toMatchObject({ code: 'ERR_SIGNATURE_INVALID' })
})

test('one of several verifiers must agree', async () => {
  const message = readJsonObject(messages[0]?.body ?? '')
  const options = { unsignedFields: [] }
  await expect(
    verifyMembers(message, { ...options, verifiers: [ours, lianLian] }),
  ).resolves.toBeInstanceOf(Map)
  await expect(verifyMembers(message, { ...options, verifiers: [ours] })).rejects.toMatchObject({
    code: 'ERR_SIGNATURE_INVALID',
  })
  await expect(verifyMembers(message, { ...options, verifiers: [] })).rejects.toMatchObject({
    code: 'ERR_SIGNATURE_INVALID',
  })
})

test.each([
  ['1', 1],
  ['a text', 'true'],
  ['an object', {}],
])('a verifier that resolves to %s does not accept the signature', async (_, result) => {
  const verifiers = [Object.assign({ ...ours }, { verify: async () => result })]
  const message = readJsonObject(messages[0]?.body ?? '')
  await expect(verifyMembers(message, { verifiers, unsignedFields: [] })).rejects.toMatchObject({
    code: 'ERR_SIGNATURE_INVALID',
  })
})

test('a verifier that throws proves nothing, and its words stay inside', async () => {
  const verifiers = [
    {
      algorithm: 'MD5withRSA',
      verify: () => Promise.reject(new TypeError('secret words')),
    } as const,
  ]
  const message = readJsonObject(messages[0]?.body ?? '')
  const verdict = verifyMembers(message, { verifiers, unsignedFields: [] })
  await expect(verdict).rejects.toMatchObject({
    code: 'ERR_SIGNATURE_INVALID',
    cause: expect.objectContaining({ message: 'TypeError' }),
  })
})

test.each([
  ['absent', '{}', false],
  ['null', '{"sign":null}', false],
  ['empty', '{"sign":""}', false],
  ['a blank', '{"sign":" "}', true],
  ['a number', '{"sign":0}', true],
  ['false', '{"sign":false}', true],
  ['a list', '{"sign":[]}', true],
  ['an object', '{"sign":{}}', true],
])('a sign that is %s', (_, text, expected) => {
  expect(hasSignature(readJsonObject(text))).toBe(expected)
})

test.each(['{}', '{"sign_type":null}', '{"sign_type":""}', '{"sign_type":"RSA"}'])(
  'agrees with the sign_type of %s',
  (text) => {
    expect(() => requireSignType(readJsonObject(text), [ours])).not.toThrow()
  },
)

test.each([
  '{"sign_type":"MD5"}',
  '{"sign_type":"SHA256withRSA"}',
  '{"sign_type":"rsa"}',
  '{"sign_type":" RSA"}',
  '{"sign_type":0}',
  '{"sign_type":false}',
  '{"sign_type":["RSA"]}',
  '{"sign_type":{}}',
])('refuses the sign_type of %s', (text) => {
  expect(() => requireSignType(readJsonObject(text), [ours])).toThrow(
    expect.objectContaining({ name: 'SignatureError', code: 'ERR_SIGNATURE_WRONG_TYPE' }),
  )
})
