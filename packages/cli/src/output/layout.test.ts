import { expect, test } from 'vitest'

import { breakLines, columns, rows, table, widthOf } from './layout.ts'

const LONG = 'word '.repeat(30).trim()
const CHINESE = '绑定银行卡，'.repeat(20)

test('names stand in one column, and later lines of a text below its first', () => {
  const lines = columns([
    ['short', LONG],
    ['银行卡-longer', LONG],
  ])
  const starts = lines.map((line) => widthOf(line.slice(0, line.search(/word/))))
  expect(lines[0]).toMatch(/^ {2}short/)
  expect(new Set(starts)).toEqual(new Set([17]))
})

test.each([80, 120])('no line is wider than %i columns, and no character is lost', (width) => {
  for (const text of [LONG, CHINESE, 'x'.repeat(200), `${CHINESE}with some words ${LONG}`]) {
    const lines = [...breakLines(text, width), ...rows([['name', text]], width)]
    expect(lines.filter((line) => widthOf(line) > width)).toEqual([])
    const shown = lines.join('').replaceAll(/^name|\s|(?<=.)name/g, '')
    expect(shown).toBe(text.replaceAll(' ', '').repeat(2))
  }
})

test('a line of Chinese is filled, and none begins with closing punctuation', () => {
  const lines = breakLines(CHINESE, 80)
  expect(
    lines
      .slice(0, -1)
      .map(widthOf)
      .every((width) => width > 76),
  ).toBe(true)
  expect(lines.filter((line) => /^[，。；：）]/.test(line))).toEqual([])
})

test('a table keeps every word', () => {
  expect(
    table([
      ['3003', '协议不存在', LONG],
      ['1', 'x', 'y'],
    ])[0],
  ).toContain(LONG)
})
