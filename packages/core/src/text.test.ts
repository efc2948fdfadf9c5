import { expect, test } from 'vitest'

import { findNearest, invisibleCharacters, visible } from './text.ts'

test.each([
  ['', ''],
  ['plain text, as it is', 'plain text, as it is'],
  ['张三 é 😀', '张三 é 😀'],
  [' 123', '␠123'],
  ['123  ', '123␠␠'],
  ['a  b', 'a␠␠b'],
  ['a\tb\r\n', String.raw`a\u{9}b\u{d}\u{a}`],
  ['a\u00a0b', String.raw`a\u{a0}b`],
  ['a\u3000\u2003b', String.raw`a\u{3000}\u{2003}b`],
  ['a\u200bb\ufeff', String.raw`a\u{200b}b\u{feff}`],
  ['a\u202eb\u2066', String.raw`a\u{202e}b\u{2066}`],
  ['\u00ad\u2060\u180e', String.raw`\u{ad}\u{2060}\u{180e}`],
  ['\u3164\u2800\ufe0f\u{e0101}', String.raw`\u{3164}\u{2800}\u{fe0f}\u{e0101}`],
  ['\u2028\u2029\0\x7f\x85', String.raw`\u{2028}\u{2029}\u{0}\u{7f}\u{85}`],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown)
})

test('finds each invisible character once, and not the ordinary blank', () => {
  expect(invisibleCharacters(' a\u200b b\u00a0\u200b ')).toEqual(['\u200b', '\u00a0'])
  expect(invisibleCharacters(' a b ')).toEqual([])
})

const KNOWN = ['card unbind', 'card list', 'key new', 'code', 'sign']

test.each([
  ['card unbnid', 'card unbind'],
  ['crad unbind', 'card unbind'],
  ['card unbin', 'card unbind'],
  ['card ulist', 'card list'],
  ['cdoe', 'code'],
  ['sing', 'sign'],
])('%s means %s', (word, meant) => {
  expect(findNearest(word, KNOWN)).toBe(meant)
})

test.each(['refund', '', 'c', 'x'.repeat(10_000), '6228480402564890018'])(
  'there is nothing near %s',
  (word) => {
    expect(findNearest(word, KNOWN)).toBeUndefined()
  },
)
