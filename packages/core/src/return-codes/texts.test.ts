import { loadReturnCodes } from '@internal/vectors'
import { expect, test } from 'vitest'

import { lookUpReturnCode } from './classes.ts'
import { describeReturnCode, listReturnCodes } from './texts.ts'

const rows = loadReturnCodes().filter((row) => row['namespace'] === 'core')
const CLASS_OF: Record<string, string> = { 'only-after-query': 'unknown', no: 'refused' }

test('the protocol lists 150 codes', () => {
  expect(rows).toHaveLength(150)
  expect(new Set(rows.map((row) => row['auto_retry']))).toEqual(new Set(Object.keys(CLASS_OF)))
})

test.each(rows)('$code reads as in the protocol', (row) => {
  const code = row['code'] ?? ''
  const expected = {
    category: row['category'],
    class: code === '0000' ? 'success' : CLASS_OF[row['auto_retry'] ?? ''],
  }
  expect(lookUpReturnCode(code)).toEqual(expected)
  expect(describeReturnCode(code)).toEqual({
    code,
    zh: row['zh_message'],
    en: row['description_en'],
    mayAskAgain: row['auto_retry_readonly'] === 'yes',
    ...expected,
  })
})

test('no other code is in the table', () => {
  const codes = rows
    .map((row) => Buffer.from(row['code'] ?? ''))
    .toSorted((left, right) => left.compare(right))
  expect(listReturnCodes().map(({ code }) => code)).toEqual(codes.map(String))
})

const LISTED = new Set(rows.map((row) => row['code']))
const ALL = Array.from({ length: 10_000 }, (_, number) => String(number).padStart(4, '0'))

test('every code that the protocol does not list is unknown', () => {
  const unlisted = ALL.filter((code) => !LISTED.has(code))
  const classes = unlisted.map((code) => lookUpReturnCode(code).class)
  expect(unlisted).toHaveLength(9850)
  expect(new Set(classes)).toEqual(new Set(['unknown']))
})

test.each([' ', '000', '00000', 'PR07', '1008 1009', 'constructor', '__proto__', 'toString'])(
  'knows nothing of %j',
  (code) => {
    expect(lookUpReturnCode(code)).toEqual({ category: 'unlisted', class: 'unknown' })
    expect(describeReturnCode(code)).toBeUndefined()
  },
)
