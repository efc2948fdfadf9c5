import { expect, test } from 'vitest'

import { splitVisible } from './visible-text.ts'

const shown = (text: string) =>
  splitVisible(text)
    .map((piece) => (piece.kind === 'text' ? piece.text : `[${piece.label}]`))
    .join('')

test.each([
  ['plain text', '解绑 a&b=c', '解绑 a&b=c'],
  ['a zero width space', 'a\u200Bb', 'a[U+200B]b'],
  ['a right-to-left override', '\u202Eabc', '[U+202E]abc'],
  ['spaces at the ends alone', ' a b  ', '[U+0020]a b[U+0020 ×2]'],
  ['nothing but spaces', '   ', '[U+0020 ×3]'],
  ['a line break and a tab', 'a\r\n\tb', 'a[U+000D][U+000A][U+0009]b'],
  ['a no-break and an ideographic space', 'a\u00A0\u3000b', 'a[U+00A0][U+3000]b'],
  ['half a character', 'a\uD83D', 'a[U+D83D]'],
  ['a character beyond U+FFFF', '😀\u{E0041}', '😀[U+E0041]'],
  ['markup', '<b>&amp;</b>', '<b>&amp;</b>'],
  ['blanks that have ink in no font', '\u3164\u2800', '[U+3164][U+2800]'],
])('%s', (_, text, expected) => {
  expect(shown(text)).toBe(expected)
})

test('many of one kind are one mark', () => {
  expect(splitVisible('\u200B'.repeat(100_000))).toEqual([
    { kind: 'mark', label: 'U+200B ×100000', name: 'zero width space' },
  ])
})
