import { plainSigner, plainVerifier, withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { expect, test } from 'vitest'

import * as catalogue from '../apis/catalogue.ts'
import { createCoreClient } from './create-client.ts'

const gateway = vectorKey('k1024')
const paths: string[] = []
const client = createCoreClient({
  oidPartner: '201304121000001004',
  baseUrl: 'http://127.0.0.1:1',
  timeoutMs: 60_000,
  signer: plainSigner(vectorKey('k2048').pkcs8Pem),
  verifiers: [plainVerifier(gateway.spkiPem)],
  transport: async ({ url }) => {
    paths.push(new URL(url).pathname)
    const answer = withSign({ ret_code: '0000' }, gateway.pkcs8Pem)
    return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(answer)) }
  },
})
const params = { user_id: '1234567', no_agree: '2014031710002121' }

const toCamel = (part: string) => part.slice(1).toUpperCase()

test('card.unbind is a method, and call does the same', async () => {
  const byName = await client.card.unbind(params)
  const byDefinition = await client.call(catalogue.card.unbind, params)
  expect(byName).toEqual(byDefinition)
  expect(byName.outcome).toBe('unbound')
  expect(paths).toEqual(['/bankcardunbind.htm', '/bankcardunbind.htm'])
})

test('every endpoint of the catalogue is a method under its one name', () => {
  const apis = Object.entries(catalogue).flatMap(([group, members]) =>
    Object.entries(members).map(([name, api]) => [`${group}.${name}`, api.id] as const),
  )
  expect(apis.length).toBeGreaterThan(0)
  for (const [path, id] of apis) expect(id.replaceAll(/-./g, toCamel)).toBe(path)
  const procedures = ['ensureUnbound', 'listAll']
  expect(Object.keys(client.card)).toEqual([...Object.keys(catalogue.card), ...procedures])
})
