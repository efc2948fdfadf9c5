import { describe, expect, it } from 'vitest'

import { sameShape } from './markdown.ts'

const ENGLISH =
  '# A\n\ntext\n\n## B\n\n| a | b |\n| - | - |\n| `1\\|2` | 2 |\n\n```sh\n# no heading\nls\n```\n'
const CHINESE = ENGLISH.replace('# A', '# 甲').replace('text', '正文').replace('## B', '## 乙')

describe('sameShape', () => {
  it('takes a translation that is in step', () => {
    expect(sameShape(ENGLISH, CHINESE)).toEqual([])
  })

  it.each([
    ['a heading that is missing', CHINESE.replace('## 乙\n', ''), /^headings/],
    ['a heading of another level', CHINESE.replace('## 乙', '### 乙'), /^headings/],
    ['another command', CHINESE.replace('\nls', '\nls -l'), /line 11/],
    ['a block of another language', CHINESE.replace('```sh', '```ts'), /line 11/],
    ['a block that is missing', CHINESE.replace(/```sh[^]*```\n/, ''), /line 11/],
    ['a block too many', `${CHINESE}\n\`\`\`ts\n1\n\`\`\`\n`, /more blocks/],
    ['a row that is missing', CHINESE.replace(/\| `1.*\n/, ''), /^tables/],
    ['a column too many', CHINESE.replace('| a | b |', '| a | b | c |'), /^tables/],
  ])('refuses %s', (_, translation, problem) => {
    expect(sameShape(ENGLISH, translation)).toEqual([expect.stringMatching(problem)])
  })
})
