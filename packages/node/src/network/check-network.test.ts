import { checkServerIdentity } from 'node:tls'

import {
  Agent,
  EnvHttpProxyAgent,
  interceptors,
  MockAgent,
  Pool,
  ProxyAgent,
  type Dispatcher,
} from 'undici'
import { afterEach, expect, test, vi } from 'vitest'

import { checkNetwork } from './check-network.ts'

const uri = 'http://proxy.test:3128'
const dispatcher = new Agent()
const transport = () => Promise.reject(new Error('unused'))
const conflict = 'ERR_CONFIG_CONFLICT'

afterEach(() => {
  vi.unstubAllEnvs()
})

test.each([
  ['a dispatcher and a proxy', { dispatcher, proxy: uri }],
  ['a dispatcher and TLS', { dispatcher, tls: {} }],
  ['a fetch and a dispatcher', { fetch: transport, dispatcher }],
  ['a fetch and a proxy', { fetch: transport, proxy: uri }],
  ['a fetch and TLS', { fetch: transport, tls: {} }],
  ['a transport and a dispatcher', { transport, dispatcher }],
  ['a transport and a proxy', { transport, proxy: 'environment' }],
  ['a transport and TLS', { transport, tls: {} }],
])('refuses %s', (_, config) => {
  expect(() => checkNetwork(config)).toThrow(
    expect.objectContaining({ name: 'ConfigError', code: conflict }),
  )
})

test('accepts what goes together, and what is undefined', () => {
  expect(checkNetwork({ proxy: uri, tls: {} }).proxy).toMatchObject({ uri })
  const nothing = { proxy: undefined, tls: undefined }
  expect(checkNetwork({ dispatcher, ...nothing }).dispatcher).toBe(dispatcher)
})

test('reads the environment when it is made, and only then', () => {
  vi.stubEnv('https_proxy', uri)
  const { proxy } = checkNetwork({ proxy: 'environment' })
  vi.stubEnv('https_proxy', 'http://other.test')
  expect(proxy).toMatchObject({ uri })
})

const weak = { rejectUnauthorized: false }

const WEAK: readonly (readonly [string, () => Dispatcher])[] = [
  ['an agent', () => new Agent({ connect: weak })],
  [
    'an agent by its option tls',
    () => new Agent(JSON.parse('{"tls":{"rejectUnauthorized":false}}')),
  ],
  ['a proxy agent to the gateway', () => new ProxyAgent({ uri, requestTls: weak })],
  ['a proxy agent to the proxy', () => new ProxyAgent({ uri, proxyTls: weak })],
  ['an agent by the environment', () => new EnvHttpProxyAgent({ connect: weak })],
  [
    'a proxy agent by the environment',
    () => new EnvHttpProxyAgent({ httpsProxy: uri, requestTls: weak }),
  ],
  [
    'an agent behind an interceptor',
    () => new Agent({ connect: weak }).compose(interceptors.dump()),
  ],
  ['a mock of an agent', () => new MockAgent({ agent: new Agent({ connect: weak }) })],
  ['a check of no names', () => new Agent({ connect: { checkServerIdentity: () => undefined } })],
  ['TLS 1.0', () => new Agent({ connect: { minVersion: 'TLSv1' } })],
  ['TLS 1.1', () => new Agent({ connect: { minVersion: 'TLSv1.1' } })],
  ['a method of TLS 1.1', () => new Agent({ connect: { secureProtocol: 'TLSv1_1_method' } })],
]

test.each(WEAK)('refuses a dispatcher that weakens TLS: %s', (_, open) => {
  expect(() => checkNetwork({ dispatcher: open() })).toThrow(
    expect.objectContaining({ name: 'ConfigError', code: 'ERR_CONFIG_INSECURE', delivered: 'no' }),
  )
})

test.each([
  ['an agent', () => new Agent({ connect: { rejectUnauthorized: true, minVersion: 'TLSv1.2' } })],
  ['an agent that connects by itself', () => new Agent({ connect: () => undefined })],
  [
    'an agent that checks more',
    () =>
      new Agent({
        connect: {
          checkServerIdentity(host, certificate) {
            return certificate.fingerprint256 === 'AA'
              ? checkServerIdentity(host, certificate)
              : new Error('pinned')
          },
        },
      }),
  ],
  ['a method of TLS 1.2', () => new Agent({ connect: { secureProtocol: 'TLSv1_2_method' } })],
  ['a proxy agent', () => new ProxyAgent({ uri, requestTls: { rejectUnauthorized: true } })],
  ['a pool', () => new Pool('https://gateway.test')],
  ['an object of the right shape', () => ({ dispatch: () => true })],
] as const)('accepts %s', (_, open) => {
  const given = open()
  expect(checkNetwork({ dispatcher: given }).dispatcher).toBe(given)
})

test.each(['{"dispatcher":null}', '{"dispatcher":"agent"}', '{"dispatcher":{"dispatch":1}}'])(
  'refuses %s',
  (text) => {
    const config: { dispatcher?: Agent } = JSON.parse(text)
    expect(() => checkNetwork(config)).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }),
    )
  },
)
