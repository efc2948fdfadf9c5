import { inspect } from 'node:util'

import { expect, test } from 'vitest'

import { readProxy } from './read-proxy.ts'

function failureOf(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    return error
  }
}

const target = new URL('https://traderapi.lianlianpay.com/bankcardunbind.htm')

test('without the option no variable is read', () => {
  expect(readProxy(undefined, { HTTPS_PROXY: 'http://proxy.test:3128' })).toBeUndefined()
})

test.each([
  ['http://proxy.test:3128', 'http://proxy.test:3128', undefined],
  ['https://proxy.test/', 'https://proxy.test', undefined],
  ['HTTP://u:p@proxy.test:80', 'http://proxy.test', 'u:p'],
  ['http://u@[::1]:8', 'http://[::1]:8', 'u:'],
  ['http://%C3%BC:%40%3A@proxy.test', 'http://proxy.test', 'ü:@:'],
])('reads %s', (proxy, uri, credentials) => {
  const read = readProxy(proxy, {})
  expect(read).toMatchObject({ uri })
  expect(read?.token).toBe(credentials && `Basic ${Buffer.from(credentials).toString('base64')}`)
  expect(read?.takes(target)).toBe(true)
})

test.each([
  'http://127.0.0.1:8080/x',
  'https://127.9.9.9/',
  'https://localhost/',
  'https://LOCALHOST./',
  'https://api.localhost/',
  'https://[::1]:1/',
  'https://[::ffff:127.0.0.1]/',
  'https://0x7f.1/',
])('%s takes no proxy', (url) => {
  expect(readProxy('http://proxy.test', {})?.takes(new URL(url))).toBe(false)
})

test.each(['https://localhost.example/', 'https://127.example/', 'https://10.0.0.1/'])(
  '%s takes the proxy',
  (url) => {
    expect(readProxy('http://proxy.test', {})?.takes(new URL(url))).toBe(true)
  },
)

test.each([
  ['', 'nothing'],
  ['proxy.test', 'no scheme'],
  ['proxy.test:3128', 'a host for a scheme'],
  ['socks5://proxy.test', 'another scheme'],
  ['http://', 'no host'],
  ['http://proxy.test/path', 'a path'],
  ['http://proxy.test/?a=CANARY', 'a query'],
  ['http://proxy.test/#CANARY', 'a fragment'],
  ['http://CANARY:%E0@proxy.test', 'credentials that are not UTF-8'],
  ['http://u:CANARY@proxy.test/CANARY', 'a path, and a password'],
])('refuses %j: %s', (proxy) => {
  const error = failureOf(() => readProxy(proxy, {}))
  expect(error).toMatchObject({ name: 'ConfigError', code: 'ERR_CONFIG_INVALID', delivered: 'no' })
  expect(inspect(error)).not.toContain('CANARY')
})

test.each(['socks5://CANARY@proxy.test', 'http://CANARY:%E0@proxy.test', 'http://CANARY/x'])(
  'refuses %j in the environment, and names the variable',
  (HTTPS_PROXY) => {
    const error = failureOf(() => readProxy('environment', { HTTPS_PROXY }))
    expect(error).toMatchObject({ code: 'ERR_CONFIG_INVALID' })
    expect(inspect(error)).toContain('HTTPS_PROXY')
    expect(inspect(error)).not.toContain('CANARY')
  },
)

test.each([
  [{}, undefined],
  [{ HTTPS_PROXY: '' }, undefined],
  [{ HTTP_PROXY: 'http://a.test', http_proxy: 'http://b.test', ALL_PROXY: 'x' }, undefined],
  [{ HTTPS_PROXY: 'http://a.test:1' }, 'http://a.test:1'],
  [{ HTTPS_PROXY: 'a.test:3128' }, 'http://a.test:3128'],
  [{ HTTPS_PROXY: 'http://a.test', https_proxy: 'http://b.test' }, 'http://b.test'],
  [{ HTTPS_PROXY: 'http://a.test', https_proxy: '' }, undefined],
])('the environment %j names %s', (environment, uri) => {
  expect(readProxy('environment', environment)?.uri).toBe(uri)
})

test.each([
  ['', true],
  ['*', false],
  ['other.test, *', false],
  ['lianlianpay.com', false],
  ['.lianlianpay.com', false],
  ['*.lianlianpay.com', false],
  ['TRADERAPI.LIANLIANPAY.COM', false],
  ['other.test traderapi.lianlianpay.com', false],
  ['traderapi.lianlianpay.com:443', false],
  ['traderapi.lianlianpay.com:8443', true],
  ['lianpay.com', true],
  ['queryapi.lianlianpay.com,com.cn', true],
])('with NO_PROXY=%j the proxy is taken: %s', (NO_PROXY, taken) => {
  const environment = { HTTPS_PROXY: 'http://proxy.test', NO_PROXY }
  expect(readProxy('environment', environment)?.takes(target)).toBe(taken)
  expect(readProxy('http://proxy.test', environment)?.takes(target)).toBe(true)
})

test.each([
  ['10.1.2.3', 'https://10.1.2.3/', false],
  ['10.1.2.3', 'https://10.1.2.33/', true],
  ['2001:db8::1', 'https://[2001:db8::1]/', false],
  ['[2001:db8::1]:443', 'https://[2001:db8::1]/', false],
  ['[2001:db8::1]:444', 'https://[2001:db8::1]/', true],
])('NO_PROXY=%s and %s: %s', (no_proxy, url, taken) => {
  const read = readProxy('environment', { https_proxy: 'http://proxy.test', no_proxy })
  expect(read?.takes(new URL(url))).toBe(taken)
})
