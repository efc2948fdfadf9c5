import { inspect } from 'node:util'

import { expect, test } from 'vitest'

import { list } from '../apis/card/list.ts'
import { unbind } from '../apis/card/unbind.ts'
import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import { ParameterError } from '../errors/parameter-error.ts'
import { defineApi } from './define-api.ts'
import { validateParams } from './validate-params.ts'

const good = { user_id: '1234567', no_agree: '2014031710002121' }

test.each([
  ['the required ones', good],
  ['all', { ...good, pay_type: 'D', platform: 'p' }],
  ['a pay_type that is not known yet', { ...good, pay_type: 'Q7' }],
  ['32 emoji', { ...good, user_id: '😀'.repeat(32) }],
  ['32 Chinese characters', { ...good, user_id: '约'.repeat(32) }],
  ['blanks and punctuation', { ...good, user_id: 'a+b%20 c/\'"\\é.' }],
])('accepts %s', (_, params) => {
  expect(validateParams(unbind, params)).toEqual(params)
})

test('an undefined optional parameter is left out', () => {
  expect(validateParams(unbind, { ...good, pay_type: undefined })).toEqual(good)
})

test.each([
  ['left out', {}],
  ['undefined', { offset: undefined }],
])('a default takes the place of a parameter that is %s', (_, given) => {
  expect(validateParams(list, { user_id: 'u', ...given })).toEqual({ user_id: 'u', offset: '0' })
})

test('a default does not replace what was given', () => {
  expect(validateParams(list, { user_id: 'u', offset: '20' })).toMatchObject({ offset: '20' })
  expect(() => validateParams(list, { user_id: 'u', offset: '' })).toThrow(
    'offset must not be empty',
  )
})

const wrong = (text: string): object => ({ ...good, ...Object(JSON.parse(text)) })

test.each([
  ['no user_id', { no_agree: 'x' }, [['user_id', 'required']]],
  [
    'nothing',
    {},
    [
      ['user_id', 'required'],
      ['no_agree', 'required'],
    ],
  ],
  ['an undefined user_id', { ...good, user_id: undefined }, [['user_id', 'required']]],
  ['an empty user_id', { ...good, user_id: '' }, [['user_id', 'non_empty']]],
  ['an empty platform', { ...good, platform: '' }, [['platform', 'non_empty']]],
  ['33 emoji', { ...good, user_id: '😀'.repeat(33) }, [['user_id', 'max_code_points']]],
  ['33 letters', { ...good, no_agree: 'a'.repeat(33) }, [['no_agree', 'max_code_points']]],
  ['a number', { ...good, user_id: 1234567 }, [['user_id', 'string']]],
  ['null', { ...good, platform: null }, [['platform', 'string']]],
  ['an object', { ...good, user_id: { toString: () => 'x' } }, [['user_id', 'string']]],
  ['an ampersand', { ...good, user_id: 'a&b' }, [['user_id', 'regex']]],
  ['an equals sign', { ...good, no_agree: 'a=b' }, [['no_agree', 'regex']]],
  [
    'two rules broken at once',
    { ...good, user_id: '&'.repeat(33) },
    [
      ['user_id', 'max_code_points'],
      ['user_id', 'regex'],
    ],
  ],
  ['a line break', { ...good, pay_type: 'D\n' }, [['pay_type', 'outer_space']]],
  ['a NUL', { ...good, platform: '\0' }, [['platform', 'regex']]],
  ['a C1 control', { ...good, user_id: 'a\u0085b' }, [['user_id', 'regex']]],
  ['half a character', { ...good, user_id: 'a\ud83d' }, [['user_id', 'regex']]],
  ['an unknown parameter', { ...good, offset: '0' }, [['offset', 'unknown']]],
  ['oid_partner', { ...good, oid_partner: '201304121000001004' }, [['oid_partner', 'unknown']]],
  ['sign', { ...good, sign: 'x' }, [['sign', 'unknown']]],
  ['a name of another form', { ...good, 'user id': 'x' }, [['(parameters)', 'unknown']]],
  ['a name that objects inherit', { ...good, constructor: 'x' }, [['constructor', 'unknown']]],
  ['a name of Object.prototype', { ...good, toString: 'x' }, [['toString', 'unknown']]],
  ['__proto__ as a member', wrong('{"__proto__":"x"}'), [['__proto__', 'unknown']]],
  ['no object', 'user_id=1', [['(parameters)', 'strict_object']]],
  ['null for all', null, [['(parameters)', 'strict_object']]],
])('refuses %s', (_, params, broken) => {
  const issues = broken.map(([path, rule]) => ({ path, rule }))
  expect(() => validateParams(unbind, params)).toThrow(
    expect.objectContaining({ name: 'ParameterError', delivered: 'no', issues }),
  )
})

const CANARY = '6222020200112233445'

test.each([
  ['too long', { ...good, no_agree: CANARY.repeat(2) }],
  ['malformed', { ...good, user_id: `${CANARY}&` }],
  ['of another type', { ...good, user_id: Number(CANARY) }],
  ['unknown', { ...good, card_no: CANARY }],
  ['in an unknown name', { ...good, [`&${CANARY}`]: 'x' }],
])('never shows a value that is %s', (_, params) => {
  const error = errorOf(params)
  expect(error).toBeInstanceOf(ParameterError)
  const shown = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)
  expect(shown).not.toContain('62220202')
})

function errorOf(params: object): unknown {
  try {
    return validateParams(unbind, params)
  } catch (error) {
    return isLLPayError(error) ? error : undefined
  }
}

const withJson = defineApi({ ...unbind, params: { user_id: {}, risk_item: { json: true } } })

test('an object is written as JSON once, where the parameter is JSON text', () => {
  const risk_item = { name: '张三', list: [1], nested: { quote: '"' } }
  const { risk_item: text = '' } = validateParams(withJson, { user_id: 'u', risk_item })
  expect(JSON.parse(text)).toEqual(risk_item)
  expect(validateParams(withJson, { user_id: 'u', risk_item: text })).toEqual({
    user_id: 'u',
    risk_item: text,
  })
})

const circle: Record<string, unknown> = {}
circle['circle'] = circle

test.each([
  ['no JSON', 'nonsense', 'json_object'],
  ['a JSON array', '[1]', 'json_object'],
  ['an array', [1], 'json_object'],
  ['nothing', '', 'non_empty'],
  ['a number', 7, 'string'],
  ['null', null, 'string'],
  ['an object that JSON cannot hold', circle, 'string'],
])('refuses %s as JSON text', (_, risk_item, rule) => {
  expect(() => validateParams(withJson, { user_id: 'u', risk_item })).toThrow(
    expect.objectContaining({ issues: [{ path: 'risk_item', rule }] }),
  )
})

test('an object is not a text elsewhere', () => {
  expect(() => validateParams(withJson, { user_id: {}, risk_item: '{}' })).toThrow(
    'user_id must be text',
  )
})
