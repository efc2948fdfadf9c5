import { verify } from 'node:crypto'

import { plainCanonical, plainSigner } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { describe, expect, test } from 'vitest'

import { defineApi } from '../api/define-api.ts'
import { unbind } from '../apis/card/unbind.ts'
import type { Signer } from '../signing/ports.ts'
import { prepareRequest } from './prepare-request.ts'

const key = vectorKey('k2048')
const signer = plainSigner(key.pkcs8Pem)
const oidPartner = '201304121000001004'
const params = { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }
const textOf = (body: Uint8Array) => Buffer.from(body).toString('utf8')

describe('a prepared request', async () => {
  const request = await prepareRequest(unbind, params, { oidPartner, signer })
  const sent: Record<string, string> = JSON.parse(textOf(request.body))

  test('is a POST of JSON to the endpoint', () => {
    expect(request).toMatchObject({
      url: 'https://traderapi.lianlianpay.com/bankcardunbind.htm',
      method: 'POST',
      headers: { 'content-type': 'application/json;charset=utf-8' },
    })
  })

  test('signs what it sends', () => {
    expect(request.canonical).toBe(
      'no_agree=2014031710002121&oid_partner=201304121000001004&pay_type=D&sign_type=RSA&user_id=1234567',
    )
    expect(plainCanonical(sent)).toBe(request.canonical)
    expect(request.members).toEqual({ ...params, oid_partner: oidPartner, sign_type: 'RSA' })
  })

  test('carries a signature that node:crypto verifies', () => {
    const signature = Buffer.from(sent['sign'] ?? '', 'base64')
    expect(verify('md5', Buffer.from(request.canonical), key.spkiPem, signature)).toBe(true)
  })

  test('is the same each time', async () => {
    const again = await prepareRequest(unbind, params, { oidPartner, signer })
    expect(textOf(again.body)).toBe(textOf(request.body))
  })
})

test('text beyond ASCII is signed and sent as UTF-8', async () => {
  const user = '张三😀é'
  const request = await prepareRequest(unbind, { ...params, user_id: user }, { oidPartner, signer })
  const sent: Record<string, string> = JSON.parse(textOf(request.body))
  expect(sent['user_id']).toBe(user)
  const signature = Buffer.from(sent['sign'] ?? '', 'base64')
  expect(verify('md5', Buffer.from(request.canonical), key.spkiPem, signature)).toBe(true)
})

test('an optional parameter that is undefined is not sent', async () => {
  const { canonical, body } = await prepareRequest(
    unbind,
    { ...params, pay_type: undefined },
    { oidPartner, signer },
  )
  expect(canonical).not.toContain('pay_type')
  expect(textOf(body)).not.toContain('pay_type')
})

test('a base URL takes the place of the host', async () => {
  const options = { oidPartner, signer, baseUrl: 'http://127.0.0.1:8080/x/' }
  const { url } = await prepareRequest(unbind, params, options)
  expect(url).toBe('http://127.0.0.1:8080/x/bankcardunbind.htm')
})

test('the signer gets the bytes of the canonical string, once', async () => {
  const messages: string[] = []
  const spy: Signer = {
    algorithm: 'MD5withRSA',
    sign: async (message) => {
      messages.push(textOf(message))
      return Uint8Array.of(1)
    },
  }
  const { canonical, body } = await prepareRequest(unbind, params, { oidPartner, signer: spy })
  expect(messages).toEqual([canonical])
  expect(JSON.parse(textOf(body))).toMatchObject({ sign: 'AQ==' })
})

const sha256 = plainSigner(key.pkcs8Pem, 'SHA256withRSA')

test('an endpoint that takes SHA256withRSA names it', async () => {
  const api = defineApi({ ...unbind, signTypes: ['RSA', 'SHA256withRSA'] })
  const { canonical } = await prepareRequest(api, params, { oidPartner, signer: sha256 })
  expect(canonical).toContain('&sign_type=SHA256withRSA&')
})

const nowhere: Signer = Object.assign({ ...signer }, { algorithm: 'constructor' })

test.each([
  [
    'an algorithm that the endpoint does not take',
    { oidPartner, signer: sha256 },
    'ERR_ALGORITHM_UNSUPPORTED',
  ],
  ['an algorithm that nobody knows', { oidPartner, signer: nowhere }, 'ERR_ALGORITHM_UNSUPPORTED'],
  ['a merchant number that is none', { oidPartner: '1', signer }, 'ERR_CONFIG_INVALID'],
  ['plain http', { oidPartner, signer, baseUrl: 'http://proxy.example' }, 'ERR_CONFIG_INSECURE'],
])('refuses %s', async (_, options, code) => {
  await expect(prepareRequest(unbind, params, options)).rejects.toMatchObject({
    code,
    delivered: 'no',
  })
})

test('does not sign parameters that are wrong', async () => {
  const request = prepareRequest(unbind, { ...params, user_id: '' }, { oidPartner, signer })
  await expect(request).rejects.toMatchObject({ code: 'ERR_PARAMETER_INVALID' })
})
