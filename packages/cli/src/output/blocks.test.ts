import { expect, test } from 'vitest'

import { layBlocks } from './blocks.ts'
import { rows } from './rows.ts'
import { widthOf } from './width.ts'

const LONG = 'word '.repeat(30).trim()
const CHINESE = '绑定银行卡'.repeat(20)

test('names stand in one column, and later lines of a text below its first', () => {
  const lines = layBlocks([
    'Names:',
    [
      ['short', LONG],
      ['银行卡-longer', LONG],
    ],
    'An end.',
  ])
  const starts = lines.map((line) => widthOf(line.slice(0, line.search(/word/))))
  expect(lines[0]).toBe('Names:')
  expect(lines[1]).toMatch(/^ {2}short/)
  expect(new Set(starts.slice(1, -2))).toEqual(new Set([17]))
  expect(lines.slice(-2)).toEqual(['', 'An end.'])
})

test.each([
  ['words', LONG],
  ['Chinese, which has no blanks', CHINESE],
  ['one long word', 'x'.repeat(200)],
])('no line is wider than 80 columns: %s', (_, text) => {
  const lines = [...layBlocks([text, [['name', text]]]), ...rows([['name', text]])]
  expect(lines.filter((line) => widthOf(line) > 80)).toEqual([])
  const shown = lines.join('').replaceAll(/name|\s/g, '')
  expect(shown).toBe(text.replaceAll(' ', '').repeat(3))
})
