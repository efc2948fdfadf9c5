import { describe, expect, test } from 'vitest'

import { list } from '../apis/card/list.ts'
import { unbind } from '../apis/card/unbind.ts'
import { checkJob } from '../bulk/job.ts'
import { ParameterError } from '../errors/parameter-error.ts'
import { validateParams } from './validate-params.ts'

// What files, spreadsheets and programs make of 2014031710002121 and of a customer's id.

const GOOD = { user_id: '1234567', no_agree: '2014031710002121' }

/** Everything that takes a job or a call, with one value replaced. */
const ENTRANCES: readonly (readonly [string, (params: object) => unknown])[] = [
  ['a call', (params) => validateParams(unbind, params)],
  ['a query of the list', (params) => validateParams(list, params)],
  ['a job', (params) => checkJob(params)],
]

function errorOf(enter: (params: object) => unknown, params: object): unknown {
  try {
    return enter(params)
  } catch (error) {
    return error
  }
}

function expectRefused(name: string, value: string, rule: string): void {
  for (const [, enter] of ENTRANCES) {
    const error = errorOf(enter, { ...GOOD, [name]: value })
    expect(error).toBeInstanceOf(ParameterError)
    expect(error).toMatchObject({ delivered: 'no', issues: [{ path: name, rule }] })
    expect(String(error)).not.toContain(value.trim())
  }
}

function expectTaken(name: string, value: string): void {
  for (const [, enter] of ENTRANCES) {
    expect(errorOf(enter, { ...GOOD, [name]: value })).toMatchObject({ [name]: value })
  }
}

const AGREEMENTS: readonly (readonly [string, string, string])[] = [
  ['a leading blank', ' 2014031710002121', 'outer_space'],
  ['a trailing blank', '2014031710002121 ', 'outer_space'],
  ['a trailing tab', '2014031710002121\t', 'outer_space'],
  ['a trailing line break', '2014031710002121\n', 'outer_space'],
  ['a carriage return', '2014031710002121\r', 'outer_space'],
  ['a no-break space', '\u00a02014031710002121', 'outer_space'],
  ['an ideographic space', '2014031710002121\u3000', 'outer_space'],
  ['a byte order mark', '\ufeff2014031710002121', 'outer_space'],
  ['a zero-width space', '2014031710002121\u200b', 'invisible'],
  ['a zero-width joiner inside', '20140317\u200d10002121', 'invisible'],
  ['a soft hyphen', '20140317\u00ad10002121', 'invisible'],
  ['a mark of direction', '\u200e2014031710002121', 'invisible'],
  ['a word joiner', '2014031710002121\u2060', 'invisible'],
  ['a variation selector', '2014031710002121\ufe0f', 'invisible'],
  ['a Hangul filler', '2014031710002121\u3164', 'invisible'],
  ['an apostrophe', "'2014031710002121", 'apostrophe'],
  ['a typographic apostrophe', '’2014031710002121', 'apostrophe'],
  ['a formula', '="2014031710002121"', 'formula'],
  ['E+', '2.01403E+15', 'digits_lost'],
  ['E+ with a decimal comma', '2,01403E+15', 'digits_lost'],
  ['e+ in lower case', '2.014031710002121e+15', 'digits_lost'],
  ['E+ without decimals', '2E+15', 'digits_lost'],
  ['.0', '2014031710002121.0', 'decimal'],
  ['.00', '2014031710002121.00', 'decimal'],
  ['thousands separators', '2,014,031,710,002,121', 'grouped'],
  ['dots for thousands', '2.014.031.710.002.121', 'grouped'],
  ['blanks for thousands', '2 014 031 710 002 121', 'grouped'],
  ['narrow blanks for thousands', '2\u202f014\u202f031', 'grouped'],
  ['full-width digits', '２０１４０３１７１０００２１２１', 'full_width'],
  ['one full-width digit', '201403171000212１', 'full_width'],
  ['NULL', 'NULL', 'placeholder'],
  ['null', 'null', 'placeholder'],
  ['None', 'None', 'placeholder'],
  ['NaN', 'NaN', 'placeholder'],
  ['nan', 'nan', 'placeholder'],
  ['undefined', 'undefined', 'placeholder'],
  ['groups of four', '2014 0317 1000 2121', 'regex'],
  ['a sign', '+2014031710002121', 'regex'],
  ['a short decimal', '1.5', 'regex'],
  ['an equals sign', 'a=b', 'regex'],
  ['an ampersand', 'a&b', 'regex'],
  ['quotes', '"2014031710002121"', 'regex'],
  ['N/A', 'N/A', 'regex'],
  ['Arabic digits', '٢٠١٤', 'regex'],
  ['Chinese', '协议', 'regex'],
  ['a control character', '2014\u00002121', 'regex'],
]

describe('an agreement number', () => {
  test.each(AGREEMENTS)('with %s is refused', (_, value, rule) => {
    expectRefused('no_agree', value, rule)
  })

  test.each(['2014031710002121', 'A', 'a-b_C9', '0'.repeat(32), 'nullable', 'E15'])(
    '%s is taken',
    (value) => expectTaken('no_agree', value),
  )
})

describe("a customer's id", () => {
  const refused = AGREEMENTS.filter(([, , rule]) =>
    ['outer_space', 'invisible', 'apostrophe', 'formula', 'digits_lost', 'decimal'].includes(rule),
  )
  test.each(refused)('with %s is refused', (_, value, rule) => {
    expectRefused('user_id', value, rule)
  })

  test.each([
    ['E+ of a phone number', '1.38001E+10', 'digits_lost'],
    ['.0 of a phone number', '13800138000.0', 'decimal'],
    ['an ampersand', 'a&b', 'regex'],
  ])('that is %s is refused', (_, value, rule) => {
    expectRefused('user_id', value, rule)
  })

  test.each([
    'NULL',
    'null',
    'None',
    'dXNlcg==',
    'a=b',
    'u 1',
    '张三',
    'a.b@example.com',
    '1,234',
    '１２３',
    '1.0',
    '12345.0',
    '1e5',
    "O'1",
    "O'Brien",
    '+8613800138000',
    '😀',
  ])('%s is a key of the merchant, and is taken', (value) => expectTaken('user_id', value))
})

describe.each(['pay_type', 'platform'])('%s', (name) => {
  test.each([
    [' D', 'outer_space'],
    ['D\u200b', 'invisible'],
    ['nan', 'placeholder'],
    ['NULL', 'placeholder'],
    ['２', 'full_width'],
    ['2.01403E+17', 'digits_lost'],
    ['201403171000212101.0', 'decimal'],
    ["'2", 'apostrophe'],
  ])('that was mangled to %j is refused', (value, rule) => expectRefused(name, value, rule))

  test.each(['2', 'D', '27', 'Q7', '201403171000212101'])('%s is taken', (value) =>
    expectTaken(name, value),
  )
})

test('a pay_type that pandas read as a decimal is refused', () => {
  expectRefused('pay_type', '2.0', 'regex')
})
