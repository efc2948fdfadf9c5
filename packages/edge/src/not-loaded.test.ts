import { closedUrl } from '@internal/testkit/local-server'
import { vectorKey } from '@internal/vectors'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const PARTS = [
  './transport/ofetch-over.ts',
  './keys/open-key.ts',
  './backend/bigint/bigint-backend.ts',
  '@llpay/core/keys/diagnose-key',
] as const

beforeEach(() => {
  // What was loaded is kept, and each test wants to load it.
  vi.resetModules()
})

afterEach(() => {
  for (const part of PARTS) vi.doUnmock(part)
})

const failing = (part: (typeof PARTS)[number]) =>
  vi.doMock(part, () => {
    throw new Error('Loading chunk 42 failed')
  })

const config = {
  oidPartner: '201304121000001004',
  privateKey: vectorKey('k2048').pkcs8Pem,
  gatewayPublicKey: vectorKey('k1024').spkiPem,
  baseUrl: 'http://127.0.0.1:9',
  retry: 0,
  settle: 'never',
} as const
const params = { user_id: '1234567', no_agree: '2014031710002121', pay_type: 'D' }
const asRuntime = { name: 'ConfigError', code: 'ERR_CONFIG_RUNTIME', delivered: 'no' }

test('a transport that cannot be loaded is an error of configuration', async () => {
  failing('./transport/ofetch-over.ts')
  const { createClient } = await import('./create-client.ts')
  await expect(createClient(config).card.unbind(params)).rejects.toMatchObject(asRuntime)
})

test('signing that cannot be loaded is an error of configuration', async () => {
  failing('./keys/open-key.ts')
  const { createClient } = await import('./create-client.ts')
  await expect(createClient(config).card.unbind(params)).rejects.toMatchObject(asRuntime)
})

test.each(['createSigner', 'createVerifier'] as const)(
  '%s names a bad key although the diagnosis cannot be loaded, and says so in the cause',
  async (name) => {
    failing('@llpay/core/keys/diagnose-key')
    const make = (await import('./index.ts'))[name]
    await expect(make('-----BEGIN NOTHING', 'MD5withRSA')).rejects.toMatchObject({
      name: 'KeyError',
      message: expect.stringMatching(/PEM/),
      cause: asRuntime,
    })
  },
)

test('arithmetic that cannot be loaded is an error of configuration', async () => {
  failing('./backend/bigint/bigint-backend.ts')
  const { createClient } = await import('./create-client.ts')
  const client = createClient({ ...config, backend: 'bigint', allowBigIntSigning: true })
  await expect(client.card.unbind(params)).rejects.toMatchObject(asRuntime)
  const { probeBackends } = await import('./backend/select-backend.ts')
  await expect(
    probeBackends('MD5withRSA', { backend: 'bigint', allowBigIntSigning: true }),
  ).rejects.toMatchObject(asRuntime)
})

test('a gateway that cannot be reached stays an error of the transport', async () => {
  const { createClient } = await import('./create-client.ts')
  const client = createClient({ ...config, baseUrl: await closedUrl() })
  await expect(client.card.unbind(params)).rejects.toMatchObject({
    name: 'TransportError',
    code: 'ERR_TRANSPORT_CONNECT',
  })
})
