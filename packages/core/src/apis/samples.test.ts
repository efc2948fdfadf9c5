import { generateKeyPairSync } from 'node:crypto'

import { plainSigner, plainVerifier, withSign } from '@internal/testkit/signing'
import { describe, expect, test } from 'vitest'

import type { Api } from '../api/define-api.ts'
import { prepareRequest } from '../client/prepare-request.ts'
import { processReply } from '../client/process-reply.ts'
import * as catalogue from './catalogue.ts'
import { SAMPLES, type Sample } from './samples.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 1024,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const samples: Readonly<Record<string, Sample>> = SAMPLES
const apis = Object.values(catalogue).flatMap((group) =>
  Object.entries(group).map(([name, api]): [string, Api] => [name, api]),
)

describe.each(apis)('%s', (name, api) => {
  const sample = samples[api.id] ?? { params: {}, reply: {} }
  const prepare = (params: object = sample.params) =>
    prepareRequest(api, params, {
      oidPartner: '201304121000001004',
      signer: plainSigner(privateKey),
    })

  test('has one name everywhere', () => {
    const [, own = ''] = api.id.split('.')
    expect(own.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())).toBe(name)
  })

  test('its sample can be sent, and has a reply', async () => {
    const unsigned = Object.entries(sample.reply).filter(([key]) =>
      api.unsignedFields.includes(key),
    )
    const signed = Object.entries(sample.reply)
      .filter(([key]) => !api.unsignedFields.includes(key))
      .map(([key, value]) => [key, String(value)])
    const members = { ret_code: '0000', ret_msg: '交易成功', sign_type: 'RSA' }
    const sealed = withSign({ ...members, ...Object.fromEntries(signed) }, privateKey)
    const body = JSON.stringify({ ...Object.fromEntries(unsigned), ...sealed })
    const { fields } = await processReply(
      await prepare(),
      { status: 200, headers: {}, body: new TextEncoder().encode(body) },
      { verifier: plainVerifier(publicKey) },
    )
    expect(fields).toMatchObject(sample.reply)
  })

  test('needs every parameter that is required, and takes no other', async () => {
    const required = Object.keys(api.params).filter((key) => api.params[key]?.optional !== true)
    for (const missing of required) {
      const { [missing]: _, ...rest } = sample.params
      await expect(prepare(rest)).rejects.toThrow(missing)
    }
    await expect(prepare({ ...sample.params, pat_type: 'D' })).rejects.toThrow('pat_type')
  })
})
