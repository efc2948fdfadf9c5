import { expect, test } from 'vitest'

import { csvLine } from './report.ts'

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
  ['a,b', '"a,b"'],
  ['a\nb', '"a\nb"'],
  ['2014', '2014'],
])('%j is %j', (text, cell) => {
  expect(csvLine([text, undefined, 3])).toBe(`${cell},,3`)
})
