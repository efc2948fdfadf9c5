import { inspect } from 'node:util'

import { expect, test, vi } from 'vitest'

import {
  CallbackError,
  ConfigError,
  isLLPayError,
  KeyError,
  ParameterError,
  ProtocolError,
  RejectedError,
  SignatureError,
  SigningError,
  TransportError,
  UnknownOutcomeError,
} from './index.ts'

const rejection = { returnCode: '3003', category: 'not-found', signature: 'absent' } as const
const outcome = { attempts: 1, lastSeen: null, cause: undefined } as const

const ERRORS = [
  [new ConfigError('ERR_CONFIG_MISSING', 'm'), 'ConfigError', 'ERR_CONFIG_MISSING', 'no'],
  [new KeyError('ERR_KEY_INVALID', 'm'), 'KeyError', 'ERR_KEY_INVALID', 'no'],
  [new ParameterError('m', []), 'ParameterError', 'ERR_PARAMETER_INVALID', 'no'],
  [new SigningError('ERR_SIGN_FAILED', 'm'), 'SigningError', 'ERR_SIGN_FAILED', 'no'],
  [new RejectedError('ERR_REJECTED', 'm', rejection), 'RejectedError', 'ERR_REJECTED', 'yes'],
  [
    new CallbackError('m', { cause: undefined, delivered: 'no' }),
    'CallbackError',
    'ERR_CALLBACK',
    'no',
  ],
  [
    new SignatureError('ERR_SIGNATURE_INVALID', 'm'),
    'SignatureError',
    'ERR_SIGNATURE_INVALID',
    'unknown',
  ],
  [new ProtocolError('ERR_REPLY_INVALID', 'm'), 'ProtocolError', 'ERR_REPLY_INVALID', 'unknown'],
  [
    new TransportError('ERR_TRANSPORT_CONNECT', 'm', { delivered: 'no' }),
    'TransportError',
    'ERR_TRANSPORT_CONNECT',
    'no',
  ],
  [new UnknownOutcomeError('m', outcome), 'UnknownOutcomeError', 'ERR_OUTCOME_UNKNOWN', 'unknown'],
] as const

test.each(ERRORS)('%s has its literal name, code and delivered', (error, name, code, delivered) => {
  expect(error).toBeInstanceOf(Error)
  expect({ name: error.name, code: error.code, delivered: error.delivered }).toEqual({
    name,
    code,
    delivered,
  })
  expect(error.toJSON()).toMatchObject({ name, code, message: 'm', delivered })
  expect(isLLPayError(error)).toBe(true)
  expect(inspect(error)).toContain(name)
})

test('a text has a reason, a next step and what a translation is filled with', () => {
  const text = {
    reason: 'config.timeout',
    message: 'timeoutMs is 0, expected 1 or more.',
    hint: 'Leave it out for 30000.',
    params: { option: 'timeoutMs' },
    zh: { message: 'timeoutMs 至少为 1。' },
  }
  const error = new ConfigError('ERR_CONFIG_INVALID', text)
  expect(error.message).toBe(text.message)
  expect(error).toMatchObject({ hint: text.hint, reason: text.reason, params: text.params })
  expect(error.zh).toEqual(text.zh)
  expect(error.toJSON()).toMatchObject({ hint: text.hint, reason: text.reason })
  expect(inspect(error)).toContain(text.hint)
})

test('a plain message has no hint, and its code is the reason', () => {
  const error = new ConfigError('ERR_CONFIG_INVALID', 'm')
  expect(error.reason).toBe('ERR_CONFIG_INVALID')
  expect(error.params).toEqual({})
  expect('hint' in error).toBe(false)
  expect('hint' in error.toJSON()).toBe(false)
})

test('names are written out, so that a minifier cannot change them', () => {
  class a extends ConfigError {}
  expect(new a('ERR_CONFIG_MISSING', 'm').name).toBe('ConfigError')
})

test('an error is recognised by another copy of the package', async () => {
  vi.resetModules()
  const copy = await import('./index.ts')
  const foreign = new copy.ProtocolError('ERR_REPLY_INVALID', 'm')
  expect(copy.ProtocolError).not.toBe(ProtocolError)
  expect(foreign).not.toBeInstanceOf(ProtocolError)
  expect(isLLPayError(foreign)).toBe(true)
  expect(copy.isLLPayError(new KeyError('ERR_KEY_INVALID', 'm'))).toBe(true)
})

test.each([[new Error('x')], [{ code: 'ERR_REJECTED' }], ['x'], [null], [undefined], [0]])(
  '%s is not an llpay error',
  (value) => {
    expect(isLLPayError(value)).toBe(false)
  },
)

test('a list of broken rules is not enumerable, but part of the JSON', () => {
  const error = new ParameterError('m', [{ path: 'user_id', rule: 'required' }])
  expect(Object.keys(error).toSorted()).toEqual(['code', 'delivered'])
  expect(error.toJSON()['issues']).toEqual([{ path: 'user_id', rule: 'required' }])
})

test('LianLian has 200 characters to explain itself, whole ones', () => {
  const returnMessage = '😀'.repeat(300)
  const error = new RejectedError('ERR_REJECTED', 'm', { ...rejection, returnMessage })
  expect(error.returnMessage).toBe('😀'.repeat(200))
  expect(error.toJSON()['returnMessage']).toBe('😀'.repeat(200))
  expect(inspect(error, { depth: 9 })).not.toContain('😀')
})

test('a rejection has its code, category, signature and product', () => {
  const error = new RejectedError('ERR_AGREEMENT_ELSEWHERE', 'm', { ...rejection, payType: 'D' })
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'RejectedError',
    code: 'ERR_AGREEMENT_ELSEWHERE',
    reason: 'ERR_AGREEMENT_ELSEWHERE',
    message: 'm',
    delivered: 'yes',
    returnCode: '3003',
    category: 'not-found',
    signature: 'absent',
    payType: 'D',
  })
})

test('an unknown outcome has the attempts, what was last seen, and the inner error', () => {
  const cause = new TransportError('ERR_TRANSPORT_STATUS', 'm', {
    delivered: 'unknown',
    status: 502,
  })
  const error = new UnknownOutcomeError('m', { attempts: 2, lastSeen: 'listed', cause })
  expect(error.cause).toBe(cause)
  expect(error.toJSON()).toMatchObject({ attempts: 2, lastSeen: 'listed' })
  expect(cause.toJSON()).toMatchObject({ status: 502 })
})

test('an error without a cause has none', () => {
  expect('cause' in new ConfigError('ERR_CONFIG_MISSING', 'm')).toBe(false)
})
