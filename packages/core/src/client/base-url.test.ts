import { expect, test } from 'vitest'

import { endpointUrl, isLoopback, parseBaseUrl, reachesLianLian } from './base-url.ts'

const PATH = '/bankcardunbind.htm'

test.each([
  ['https://proxy.example', 'https://proxy.example/bankcardunbind.htm'],
  ['https://proxy.example/', 'https://proxy.example/bankcardunbind.htm'],
  ['https://proxy.example///', 'https://proxy.example/bankcardunbind.htm'],
  ['https://proxy.example/lianlian', 'https://proxy.example/lianlian/bankcardunbind.htm'],
  ['https://proxy.example/a/b//', 'https://proxy.example/a/b/bankcardunbind.htm'],
  ['https://proxy.example/a@b', 'https://proxy.example/a@b/bankcardunbind.htm'],
  ['https://proxy.example:8443/x/', 'https://proxy.example:8443/x/bankcardunbind.htm'],
  ['HTTPS://Proxy.Example', 'https://proxy.example/bankcardunbind.htm'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/bankcardunbind.htm'],
  ['http://127.255.0.9/', 'http://127.255.0.9/bankcardunbind.htm'],
  ['http://127.1', 'http://127.0.0.1/bankcardunbind.htm'],
  ['http://2130706433', 'http://127.0.0.1/bankcardunbind.htm'],
  ['http://[::1]:8080', 'http://[::1]:8080/bankcardunbind.htm'],
  ['http://localhost:8080/x', 'http://localhost:8080/x/bankcardunbind.htm'],
  ['http://LOCALHOST', 'http://localhost/bankcardunbind.htm'],
])('%s leads to %s', (baseUrl, url) => {
  expect(endpointUrl('traderapi', PATH, baseUrl)).toBe(url)
})

test.each([
  ['traderapi', 'https://traderapi.lianlianpay.com/bankcardunbind.htm'],
  ['queryapi', 'https://queryapi.lianlianpay.com/bankcardunbind.htm'],
] as const)('without a base URL %s is %s', (host, url) => {
  expect(endpointUrl(host, PATH, undefined)).toBe(url)
})

test.each([
  'http://proxy.example',
  'http://127.0.0.1.example',
  'http://localhost.example',
  'http://localhost.',
  'http://128.0.0.1',
  'http://0.0.0.0',
  'http://[::ffff:127.0.0.1]',
  'http://[::2]',
  'http://traderapi.lianlianpay.com',
])('refuses %s as insecure', (baseUrl) => {
  expect(() => parseBaseUrl(baseUrl)).toThrow(
    expect.objectContaining({ name: 'ConfigError', code: 'ERR_CONFIG_INSECURE' }),
  )
})

test.each([
  ['a host that poses as a user', 'http://127.0.0.1@evil.example/'],
  ['a user', 'https://user@proxy.example'],
  ['a password', 'https://user:CANARY@proxy.example'],
  ['an empty user', 'https://@proxy.example'],
  ['an empty password', 'https://:@proxy.example'],
  ['a user behind backslashes', String.raw`https:\\user@proxy.example`],
  ['a user behind mixed slashes', String.raw`https:/\user@proxy.example`],
  ['a user behind no slashes', 'https:user@proxy.example'],
  ['a loopback user behind backslashes', String.raw`http:\\127.0.0.1@evil.example`],
  ['a query', 'https://proxy.example/?a=CANARY'],
  ['an empty query', 'https://proxy.example/?'],
  ['a fragment', 'https://proxy.example/#CANARY'],
  ['an empty fragment', 'https://proxy.example/#'],
  ['a blank', 'https://proxy.example/a b'],
  ['a blank in front', ' https://proxy.example'],
  ['a line break', 'https://proxy.example\n/'],
  ['a tab in the scheme', 'ht\ttps://proxy.example'],
  ['another scheme', 'ftp://127.0.0.1'],
  ['a file', 'file:///etc/hosts'],
  ['a script', 'javascript:0'],
  ['no scheme', 'proxy.example'],
  ['no host', 'https://'],
  ['a path', '/lianlian'],
  ['nothing', ''],
])('refuses %s', (_, baseUrl) => {
  const read = () => parseBaseUrl(baseUrl)
  expect(read).toThrow(expect.objectContaining({ name: 'ConfigError', code: 'ERR_CONFIG_INVALID' }))
  expect(read).not.toThrow('CANARY')
})

test.each([
  [undefined, true],
  ['https://traderapi.lianlianpay.com', true],
  ['https://TRADERAPI.lianlianpay.com./x', true],
  ['https://test.yintong.com.cn', true],
  ['https://proxy.example', false],
  ['https://lianlianpay.com.example', false],
  ['http://127.0.0.1', false],
])('%s reaches LianLian: %s', (baseUrl, expected) => {
  expect(reachesLianLian(baseUrl)).toBe(expected)
})

test.each([
  ['127.0.0.1', true],
  ['127.0.0.1.example', false],
  ['localhost', true],
  ['[::1]', true],
  ['10.0.0.1', false],
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected)
})
