import { inspect } from 'node:util'

import { expect, test } from 'vitest'

import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import { checkConfig } from './config.ts'

const good = { oidPartner: '201304121000001004', privateKey: 'k', gatewayPublicKey: 'k' }
const transport = () => Promise.reject(new Error('unused'))

test.each([
  ['the least', good],
  ['a base URL', { ...good, baseUrl: 'https://proxy.example' }],
  ['a timeout', { ...good, timeoutMs: 1 }],
  ['the longest timeout', { ...good, timeoutMs: 2_147_483_647 }],
  ['a transport', { ...good, transport }],
  ['a clock', { ...good, clock: { now: () => 0, sleep: async () => undefined } }],
  ['options that are undefined', { ...good, baseUrl: undefined, timeoutMs: undefined }],
])('accepts %s', (_, config) => {
  expect(() => checkConfig(config)).not.toThrow()
})

const wrong = (text: string) => Object.assign({ ...good }, JSON.parse(text))

test.each([
  ['no oidPartner', { ...wrong('{}'), oidPartner: undefined }, 'ERR_CONFIG_MISSING'],
  ['a short oidPartner', wrong('{"oidPartner":"20130412100000100"}'), 'ERR_CONFIG_INVALID'],
  ['a long oidPartner', wrong('{"oidPartner":"2013041210000010040"}'), 'ERR_CONFIG_INVALID'],
  ['letters in oidPartner', wrong('{"oidPartner":"20130412100000100A"}'), 'ERR_CONFIG_INVALID'],
  [
    'a line break in oidPartner',
    wrong('{"oidPartner":"201304121000001004\\n"}'),
    'ERR_CONFIG_INVALID',
  ],
  [
    'wide digits',
    wrong('{"oidPartner":"２０１３０４１２１０００００１００４"}'),
    'ERR_CONFIG_INVALID',
  ],
  ['a number as oidPartner', wrong('{"oidPartner":201304121000001004}'), 'ERR_CONFIG_INVALID'],
  ['a timeout of 0', wrong('{"timeoutMs":0}'), 'ERR_CONFIG_INVALID'],
  ['a timeout below 0', wrong('{"timeoutMs":-1}'), 'ERR_CONFIG_INVALID'],
  ['half a millisecond', wrong('{"timeoutMs":1.5}'), 'ERR_CONFIG_INVALID'],
  ['a timeout that overflows', wrong('{"timeoutMs":2147483648}'), 'ERR_CONFIG_INVALID'],
  ['a timeout as text', wrong('{"timeoutMs":"30000"}'), 'ERR_CONFIG_INVALID'],
  ['a timeout of null', wrong('{"timeoutMs":null}'), 'ERR_CONFIG_INVALID'],
  ['a timeout that is not a number', { ...good, timeoutMs: Number.NaN }, 'ERR_CONFIG_INVALID'],
  ['an unknown option', wrong('{"timeout":1}'), 'ERR_CONFIG_UNKNOWN_OPTION'],
  ['a base URL that is none', wrong('{"baseUrl":"proxy"}'), 'ERR_CONFIG_INVALID'],
  ['a base URL that is empty', wrong('{"baseUrl":""}'), 'ERR_CONFIG_INVALID'],
  ['plain http', wrong('{"baseUrl":"http://proxy.example"}'), 'ERR_CONFIG_INSECURE'],
  ['a clock without sleep', { ...good, clock: { now: () => 0 } }, 'ERR_CONFIG_INVALID'],
  ['a clock that is a time', wrong('{"clock":1}'), 'ERR_CONFIG_INVALID'],
  ['fetch and transport', { ...good, transport, fetch: transport }, 'ERR_CONFIG_CONFLICT'],
])('refuses %s', (_, config, code) => {
  expect(() => checkConfig(config)).toThrow(expect.objectContaining({ name: 'ConfigError', code }))
})

test('an option of one runtime is known where it is named', () => {
  const config = { ...good, backend: 'auto' }
  expect(() => checkConfig(config)).toThrow(
    expect.objectContaining({ code: 'ERR_CONFIG_UNKNOWN_OPTION' }),
  )
  expect(() => checkConfig(config, ['backend'])).not.toThrow()
})

function errorOf(config: typeof good): unknown {
  try {
    return checkConfig(config)
  } catch (error) {
    return error
  }
}

test.each([
  ['the name of an option', wrong('{"CANARY":1}')],
  ['oidPartner', wrong('{"oidPartner":"CANARY"}')],
  ['the base URL', wrong('{"baseUrl":"http://CANARY.example"}')],
])('does not repeat %s', (_, config) => {
  const error = errorOf(config)
  expect(isLLPayError(error)).toBe(true)
  expect(inspect(error) + JSON.stringify(error)).not.toContain('CANARY')
})

test('no configuration at all is reported as such', () => {
  const nothing: Parameters<typeof checkConfig>[0] = JSON.parse('null')
  expect(() => checkConfig(nothing)).toThrow(
    expect.objectContaining({ code: 'ERR_CONFIG_MISSING' }),
  )
})

test.each([
  ['timeout', 'timeoutMs'],
  ['oid_partner', 'oidPartner'],
  ['baseURL', 'baseUrl'],
  ['gateway_public_key', 'gatewayPublicKey'],
  ['gatewayKey', 'gatewayPublicKey'],
  ['retries', 'retry'],
  ['payType', 'payTypes'],
])('an unknown option is named: %s, and the nearest: %s', (name, meant) => {
  expect(errorOf({ ...wrong('{}'), [name]: 1 })).toMatchObject({
    message: expect.stringContaining(`${name} (did you mean ${meant}?)`),
  })
})
