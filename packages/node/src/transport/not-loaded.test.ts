import { bodyOf, closedUrl, serve } from '@internal/testkit/local-server'
import { withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { afterEach, describe, expect, test, vi } from 'vitest'

import { createClient } from '../create-client.ts'

const gateway = vectorKey('k1024')
const done = JSON.stringify(withSign({ ret_code: '0000', sign_type: 'RSA' }, gateway.pkcs8Pem))
const params = { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }

const clientOf = (baseUrl: string, more: object = {}) =>
  createClient({
    oidPartner: '201304121000001004',
    privateKey: vectorKey('k2048').pkcs8Pem,
    gatewayPublicKey: gateway.spkiPem,
    baseUrl,
    retry: 2,
    settle: 'never',
    ...more,
  })

const unbind = (baseUrl: string, more?: object): Promise<unknown> =>
  clientOf(baseUrl, more)
    .card.unbind(params)
    .catch((error: unknown) => error)

const requireless = new Error('Dynamic require of "node:assert" is not supported')
const undeployed = Object.assign(new Error("Cannot find package 'undici'"), {
  code: 'ERR_MODULE_NOT_FOUND',
})

const failing = (error: Error) =>
  vi.doMock('undici', () => {
    throw error
  })

function refuse(): never {
  throw new Error('refused')
}

afterEach(() => {
  vi.doUnmock('undici')
  vi.unstubAllGlobals()
})

describe.each([
  ['directly', {}],
  ['through a proxy', { proxy: 'http://127.0.0.1:9' }],
  ['through a dispatcher', { dispatcher: { dispatch: () => true } }],
])('a transport that cannot be loaded, %s', (_, more) => {
  test.each([
    ['a bundle without require', requireless],
    ['a package that is not installed', undeployed],
  ])('%s: an error of configuration, and nothing is sent', async (__, cause) => {
    failing(cause)
    await using server = await serve((_request, response) => void response.end(done))
    const error = await unbind(server.url, more)
    expect(error).toMatchObject({ code: 'ERR_CONFIG_RUNTIME', delivered: 'no' })
    expect(error).toHaveProperty('cause')
    expect(server.requests()).toBe(0)
  })
})

test('a stand-in for undici is an error of configuration', async () => {
  vi.doMock('undici', () => ({ Pool: Object, buildConnector: undefined, Dispatcher: Object }))
  const error = await unbind(await closedUrl())
  expect(error).toMatchObject({ code: 'ERR_CONFIG_RUNTIME', delivered: 'no' })
})

test('a transport that could not be loaded is loaded again for the next call', async () => {
  await using server = await serve(async (request, response) => {
    await bodyOf(request)
    response.end(done)
  })
  failing(requireless)
  const client = clientOf(server.url)
  await expect(client.card.unbind(params)).rejects.toMatchObject({ code: 'ERR_CONFIG_RUNTIME' })
  vi.doUnmock('undici')
  await expect(client.card.unbind(params)).resolves.toMatchObject({ outcome: 'unbound' })
})

test.each([
  ['a refused connection', async () => ({})],
  ['a proxy that refuses', async () => ({ proxy: await closedUrl() })],
  ['a dispatcher that throws', async () => ({ dispatcher: { dispatch: refuse } })],
])('%s stays an error of the transport', async (_, optionsOf) => {
  const options = { retry: 0, ...(await optionsOf()) }
  expect(await unbind(await closedUrl(), options)).toMatchObject({
    name: 'TransportError',
    code: 'ERR_TRANSPORT_CONNECT',
    delivered: 'no',
  })
})

test('a runtime that is too old is named when the client is made', () => {
  vi.stubGlobal('process', { ...process, env: process.env, getBuiltinModule: undefined })
  expect(() => clientOf('https://127.0.0.1')).toThrowError(
    expect.objectContaining({ code: 'ERR_CONFIG_RUNTIME', delivered: 'no' }),
  )
  expect(() => clientOf('https://127.0.0.1', { fetch })).not.toThrow()
})
