import { createHash } from 'node:crypto'

import { loadSigningVectors } from '@internal/vectors'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { readJsonObject } from '../json/read-json.ts'
import { canonicalString } from './canonical-string.ts'

const { cases } = loadSigningVectors()

function membersOf(json: string): Record<string, string | null> {
  const members: Record<string, string | null> = Object.create(null)
  for (const [name, value] of readJsonObject(json).members) {
    if (value.kind !== 'string' && value.kind !== 'null') throw new Error(`${name} is not a text`)
    members[name] = value.kind === 'null' ? null : value.value
  }
  return members
}

test('there are 30 vectors', () => {
  expect(cases).toHaveLength(30)
})

test.each(cases)('vector $id from its members', ({ params, canonical, ...vector }) => {
  const made = canonicalString(params)
  expect(made).toBe(canonical)
  expect(Buffer.byteLength(made)).toBe(vector.canonicalBytes)
  expect(createHash('sha256').update(made).digest('hex')).toBe(vector.canonicalSha256)
})

test.each(cases)('vector $id from its JSON text', ({ json, canonical }) => {
  expect(canonicalString(membersOf(json))).toBe(canonical)
})

test('sorts names by their bytes, also beyond U+FFFF', () => {
  expect(canonicalString({ '😀': '3', '\uFF5E': '2', z: '1', Z: '0' })).toBe(
    'Z=0&z=1&\uFF5E=2&😀=3',
  )
})

test('does not depend on the order of the members', () => {
  const members = fc.uniqueArray(fc.tuple(fc.string(), fc.string({ minLength: 1 })), {
    selector: ([name]) => name,
  })
  fc.assert(
    fc.property(members, (entries) => {
      const forth = canonicalString(Object.fromEntries(entries))
      expect(canonicalString(Object.fromEntries(entries.toReversed()))).toBe(forth)
    }),
  )
})

test('signs a member named __proto__ and none that are inherited', () => {
  const members: Record<string, string> = Object.create({ inherited: 'x' })
  Object.defineProperty(members, '__proto__', { value: 'p', enumerable: true })
  expect(canonicalString(members)).toBe('__proto__=p')
})

test('drops sign, null, undefined and empty values, and keeps their texts', () => {
  const members = { sign: 'x', a: null, b: undefined, c: '', d: 'null', e: 'undefined', f: ' ' }
  expect(canonicalString(members)).toBe('d=null&e=undefined&f= ')
})

const loose = (text: string): Record<string, string> => JSON.parse(text)

test.each([
  ['a number', '{"money":1}', 'money', 'string'],
  ['zero', '{"money":0}', 'money', 'string'],
  ['a boolean', '{"money":false}', 'money', 'string'],
  ['an object', '{"money":{}}', 'money', 'string'],
  ['a list', '{"money":[]}', 'money', 'string'],
  ['a number as sign', '{"sign":1}', 'sign', 'string'],
  ['half a character', String.raw`{"money":"a\ud83d"}`, 'money', 'well_formed'],
  ['half a character in sign', String.raw`{"sign":"\ud83d"}`, 'sign', 'well_formed'],
  ['half a character in a name', String.raw`{"\ude00":"a"}`, '(a name)', 'well_formed'],
  [
    'half a character in the name of an empty member',
    String.raw`{"\ude00":""}`,
    '(a name)',
    'well_formed',
  ],
])('refuses %s', (_, text, path, rule) => {
  expect(() => canonicalString(loose(text))).toThrow(
    expect.objectContaining({ code: 'ERR_PARAMETER_INVALID', issues: [{ path, rule }] }),
  )
})

test.each(['null', '[]', '"user_id=1"', '1'])('refuses %s in place of members', (json) => {
  expect(() => canonicalString(loose(json))).toThrow(
    expect.objectContaining({ name: 'ParameterError', code: 'ERR_PARAMETER_INVALID' }),
  )
})

/** Typed code cannot give these. */
const untyped = (value: unknown): Record<string, string> => JSON.parse('0', () => value)

test.each([
  [0.1, 'a is not text'],
  [true, 'a is not text'],
  [{}, 'a is not text'],
])('says what is wrong with %s', (value, words) => {
  expect(() => canonicalString(untyped({ b: 'b', a: value }))).toThrow(words)
})

test.each([
  ['a Map', new Map([['a', '1']])],
  ['a Set', new Set(['a'])],
  ['URLSearchParams', new URLSearchParams('a=1')],
  ['FormData', new FormData()],
  ['a Promise', Promise.resolve({ a: '1' })],
])('%s has no members to sign', (_, members) => {
  expect(() => canonicalString(untyped(members))).toThrow('plain object')
})
