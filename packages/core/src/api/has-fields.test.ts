import { expect, test } from 'vitest'

import { hasFields } from './schema.ts'

const schema = {
  code: { pattern: /^[0-9A-Z]{4}$/ },
  text: { optional: true, max: 2 },
  list: { optional: true, rows: { id: {}, name: { optional: true } } },
} as const

test.each([
  ['what is required', { code: '0000' }],
  ['empty text', { code: '0000', text: '' }],
  ['as many characters as may be', { code: '0000', text: '😀😀' }],
  ['other members', { code: '0000', other: [1] }],
  ['no rows', { code: '0000', list: [] }],
  [
    'rows with other members',
    { code: '0000', list: [{ id: '' }, { id: 'x', name: 'y', z: null }] },
  ],
  ['what is optional as undefined', { code: '0000', text: undefined, list: undefined }],
  ['an object without prototype', Object.assign(Object.create(null), { code: 'ABCD' })],
])('takes %s', (_, value) => {
  expect(hasFields(schema, value)).toBe(true)
})

test.each([
  ['nothing', {}],
  ['no object', 'code'],
  ['null', null],
  ['another pattern', { code: '000' }],
  ['a number', { code: 1000 }],
  ['null for what is optional', { code: '0000', text: null }],
  ['a character too many', { code: '0000', text: '😀😀😀' }],
  ['text in place of rows', { code: '0000', list: 'x' }],
  ['an object in place of rows', { code: '0000', list: { 0: { id: 'x' } } }],
  ['a row that is not an object', { code: '0000', list: [{ id: 'x' }, 'x'] }],
  ['a row without what is required', { code: '0000', list: [{ name: 'x' }] }],
  ['a row with another kind of value', { code: '0000', list: [{ id: 'x', name: ['y'] }] }],
])('refuses %s', (_, value) => {
  expect(hasFields(schema, value)).toBe(false)
})
