import { expect, test } from 'vitest'

import { toPlainValue } from './json-value.ts'
import { readJsonObject } from './read-json.ts'

const read = (text: string) => toPlainValue(readJsonObject(text))

function inside(depth: number, text: string): string {
  return '{"o":['.repeat(depth) + text + ']}'.repeat(depth)
}

test.each([
  ['an empty object', '{}', {}],
  ['white space everywhere', ' \t\r\n{ "a" : [ 1 , { } ] } \n', { a: ['1', {}] }],
  ['one byte order mark', '\uFEFF{"a":"b"}', { a: 'b' }],
  ['every escape', String.raw`{"a":"\"\\\/\b\f\n\r\t\u00e9"}`, { a: '"\\/\b\f\n\r\t\u00e9' }],
  ['an escaped pair of surrogates', String.raw`{"a":"\ud83d\uDE00"}`, { a: '😀' }],
  ['half of a pair escaped', '{"a":"\\ud83d\\ude00x"}', { a: '😀x' }],
  ['DEL and U+2028, which JSON allows', '{"a":"\x7f\u2028"}', { a: '\x7f\u2028' }],
  ['literals', '{"a":true,"b":false,"c":null}', { a: true, b: false, c: null }],
  [
    'the same name in two objects',
    '{"a":{"a":"1"},"b":{"a":"2"}}',
    { a: { a: '1' }, b: { a: '2' } },
  ],
])('reads %s', (_, text, expected) => {
  expect(read(text)).toEqual(expected)
})

test.each(['0', '-0', '0.10', '1e5', '1E+05', '-12.50e-3', '12345678901234567890123'])(
  'keeps the source text of the number %s',
  (source) => {
    expect(readJsonObject(`{"n":${source}}`).members.get('n')).toEqual({ kind: 'number', source })
  },
)

test('takes __proto__ for a member like any other', () => {
  const object = readJsonObject('{"__proto__":{"ret_code":"0000"},"a":"1"}')
  expect([...object.members.keys()]).toEqual(['__proto__', 'a'])
  const plain = toPlainValue(object)
  expect(Object.getPrototypeOf(plain)).toBeNull()
  expect(Object.keys(Object(plain))).toEqual(['__proto__', 'a'])
})

test('has only members that were sent', () => {
  const { members } = readJsonObject('{}')
  expect(members.has('toString')).toBe(false)
  expect(members.has('constructor')).toBe(false)
})

const DUPLICATES = [
  '{"a":"1","a":"1"}',
  '{"a":"1","b":"2","a":"3"}',
  String.raw`{"a":"1","\u0061":"2"}`,
  String.raw`{"\u0061":"1","a":"2"}`,
  String.raw`{"\u0061":1,"a":2}`,
  String.raw`{"/":1,"\/":2}`,
  '{"__proto__":1,"__proto__":2}',
  '{"":1,"":2}',
  String.raw`{"😀":1,"\ud83d\ude00":2}`,
]

test.each(DUPLICATES.flatMap((text) => [0, 1, 5].map((depth) => [depth, text] as const)))(
  'refuses duplicates %i levels down: %s',
  (depth, text) => {
    expect(() => readJsonObject(inside(depth, text))).toThrow(
      expect.objectContaining({ code: 'ERR_REPLY_DUPLICATE_MEMBER' }),
    )
  },
)

test.each([
  ['a lone high surrogate', String.raw`{"a":"\ud83d"}`],
  ['a lone low surrogate', String.raw`{"a":"\ude00"}`],
  ['surrogates the wrong way round', String.raw`{"a":"\ude00\ud83d"}`],
  ['a lone surrogate in a name', String.raw`{"\ud83d":"a"}`],
  ['a lone surrogate that is not escaped', '{"a":"\ud83d"}'],
  ['half a character escaped and half not', '{"a":"\ud83d\\ude00"}'],
  ['a list as root', '[]'],
  ['a text as root', '"a"'],
  ['a number as root', '0'],
  ['null as root', 'null'],
  ['17 levels', `${'['.repeat(17)}${']'.repeat(17)}`],
])('refuses %s as invalid', (_, text) => {
  expect(() => readJsonObject(text)).toThrow(expect.objectContaining({ code: 'ERR_REPLY_INVALID' }))
})

test('reads 16 levels', () => {
  expect(() => readJsonObject(`{"a":${'['.repeat(15)}${']'.repeat(15)}}`)).not.toThrow()
})

test.each(['[', '{"a":', '[{"a":', '{"a":['])('does not overflow on deep nesting of %s', (open) => {
  expect(() => readJsonObject(open.repeat(200_000))).toThrow(
    expect.objectContaining({ name: 'ProtocolError', code: 'ERR_REPLY_INVALID' }),
  )
})

test.each([
  ['nothing', ''],
  ['white space', ' \n'],
  ['two byte order marks', '\uFEFF\uFEFF{}'],
  ['a byte order mark behind', '{}\uFEFF'],
  ['text behind', '{}x'],
  ['two objects', '{}{}'],
  ['a NUL behind', '{}\0'],
  ['a page of HTML', '<html></html>'],
  ['a form', 'ret_code=0000'],
  ['a comment', '{/**/}'],
  ['a trailing comma', '{"a":1,}'],
  ['a trailing comma in a list', '{"a":[1,]}'],
  ['no comma', '{"a":1 "b":2}'],
  ['no colon', '{"a" 1}'],
  ['no value', '{"a":}'],
  ['a name without quotes', '{a:1}'],
  ['single quotes', "{'a':1}"],
  ['an open object', '{"a":1'],
  ['an open list', '{"a":[1'],
  ['an open text', '{"a":"b'],
  ['an open escape', '{"a":"\\'],
  ['a list closed as an object', '{"a":[1}}'],
  ['an unknown escape', String.raw`{"a":"\x41"}`],
  ['a short escape', String.raw`{"a":"\u00e"}`],
  ['an escape with a sign', String.raw`{"a":"\u+0e9"}`],
  ['a line break in a text', '{"a":"b\nc"}'],
  ['a NUL in a text', '{"a":"b\0c"}'],
  ['a leading zero', '{"a":01}'],
  ['a leading plus', '{"a":+1}'],
  ['a leading dot', '{"a":.5}'],
  ['a trailing dot', '{"a":1.}'],
  ['an empty exponent', '{"a":1e}'],
  ['a minus alone', '{"a":-}'],
  ['a hexadecimal number', '{"a":0x10}'],
  ['NaN', '{"a":NaN}'],
  ['Infinity', '{"a":-Infinity}'],
  ['a capital literal', '{"a":True}'],
  ['a cut literal', '{"a":tru}'],
  ['a long literal', '{"a":nullx}'],
  ['a no-break space', '{\u00a0}'],
  ['a form feed', '{\f}'],
])('refuses %s as no JSON', (_, text) => {
  expect(() => readJsonObject(text)).toThrow(
    expect.objectContaining({ code: 'ERR_REPLY_NOT_JSON' }),
  )
})
