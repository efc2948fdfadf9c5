import { inspect } from 'node:util'

import { expect, test } from 'vitest'

import { KeyError } from './key-error.ts'
import { summarizeCause } from './summarize-cause.ts'

const SECRET = 'CANARY-6222020200112233445'

const failure = (properties: object) => Object.assign(new Error(SECRET), properties)

test.each([
  ['a message', failure({}), 'Error'],
  ['a code', failure({ code: 'ECONNRESET' }), 'Error (ECONNRESET)'],
  [
    'a name',
    failure({ name: 'SocketError', code: 'UND_ERR_SOCKET' }),
    'SocketError (UND_ERR_SOCKET)',
  ],
  ['a secret as name and code', failure({ name: SECRET, code: SECRET }), 'Error'],
  ['a number as code', failure({ code: 6222020200112233 }), 'Error'],
  ['further properties', failure({ request: SECRET, cause: new Error(SECRET) }), 'Error'],
  ['a very long code', failure({ code: 'A'.repeat(65) }), 'Error'],
  ['no error at all', SECRET, 'Error'],
  ['null', null, 'Error'],
])('keeps nothing but name and code of an error with %s', (_, error, message) => {
  const summary = summarizeCause(error)
  expect(summary?.message).toBe(message)
  expect(inspect(summary, { depth: 9, showHidden: true })).not.toContain(SECRET)
})

test('an error of llpay stays as it is', () => {
  const error = new KeyError('ERR_KEY_INVALID', 'm')
  expect(summarizeCause(error)).toBe(error)
})

test('no error stays none', () => {
  expect(summarizeCause(undefined)).toBeUndefined()
})
