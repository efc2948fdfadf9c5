import { expect, expectTypeOf, test } from 'vitest'

import { ConfigError, isLLPayError, type AnyLLPayError } from './index.ts'

/** Compiles only while every class is named. */
function adviseOn(error: AnyLLPayError): string {
  switch (error.name) {
    case 'ConfigError':
    case 'KeyError':
    case 'SigningError':
      return 'fix the set-up'
    case 'ParameterError':
      return `correct ${error.issues.map(({ path }) => path).join()}`
    case 'RejectedError':
      return error.category
    case 'SignatureError':
    case 'ProtocolError':
      return 'do not trust it'
    case 'TransportError':
      return String(error.retryAfterMs)
    case 'UnknownOutcomeError':
      return error.lastSeen ?? 'not queried'
    case 'CallbackError':
      return 'a bug of your own'
  }
}

test('a switch on the name of an error is exhausted, and narrows it', () => {
  const caught: unknown = new ConfigError('ERR_CONFIG_MISSING', 'm')
  if (!isLLPayError(caught)) throw caught
  expect(adviseOn(caught)).toBe('fix the set-up')
})

test('a switch on the code narrows too', () => {
  expectTypeOf<Extract<AnyLLPayError, { code: 'ERR_OUTCOME_UNKNOWN' }>['attempts']>().toBeNumber()
  expectTypeOf<AnyLLPayError['code']>().not.toEqualTypeOf<string>()
})
