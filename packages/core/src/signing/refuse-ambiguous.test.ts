import { expect, test } from 'vitest'

import { refuseAmbiguous, requirePlainNames } from './verify.ts'

const check = (members: Record<string, string>) => () =>
  refuseAmbiguous(new Map(Object.entries(members)))

test.each([
  ['a boundary moved before the name', { ret_code: '0000', ret_msg: 'a&ret_code=9999' }],
  ['a boundary moved behind the name', { a: 'x&ret_code=9999', ret_code: '0000' }],
  ['its own name again', { ret_code: '0000', ret_msg: 'a&ret_msg=b' }],
  ['a member split off before the next', { count: '1&ret_a=2', ret_code: '0000' }],
  ['a member split off at the end', { ret_code: '0000', ret_msg: 'ok&user_id=u' }],
  ['two members split off', { a: '1&b=2&c=3', d: '4' }],
  ['a split behind a harmless pair', { b: '1&a=2&c=3', d: '4' }],
  ['an empty member split off', { a: '1&b=', d: '4' }],
  ['a name that sorts by bytes only', { Z: '1&a=2', b: '3' }],
  ['a pair that sorts behind the next', { info: 'x&z=1', ret_code: '0000' }],
  ['a name that is a longer one', { user: '1&user_=2', user_id: '3' }],
])('refuses %s', (_, members) => {
  expect(check(members)).toThrow(
    expect.objectContaining({ name: 'ProtocolError', code: 'ERR_REPLY_AMBIGUOUS' }),
  )
})

test.each([
  ['plain members', { ret_code: '0000', ret_msg: '交易成功' }],
  ['an ampersand alone', { ret_code: '0000', ret_msg: 'R&D & more' }],
  ['an equals sign alone', { ret_code: '0000', ret_msg: 'ret_code=9999' }],
  ['a pair that sorts before', { ret_code: '0000', ret_msg: 'x&a=1' }],
  ['a name with a digit in front', { ret_code: '0000', ret_msg: 'x&1z=1' }],
  ['a name with a blank', { ret_code: '0000', ret_msg: 'x& z=1' }],
])('accepts %s', (_, members) => {
  expect(check(members)).not.toThrow()
})

test.each(['', 'a b', ' a', 'a=', 'a&b', '1a', 'é', 'a-b', 'a\n', 'sign_type '])(
  'refuses the name %j',
  (name) => {
    expect(() => requirePlainNames(['ret_code', name])).toThrow(
      expect.objectContaining({ code: 'ERR_REPLY_INVALID' }),
    )
  },
)

test('accepts letters, digits and underscores', () => {
  expect(() => requirePlainNames(['a', '_a', 'A1', 'correlationID', '__proto__'])).not.toThrow()
})
