import { describe, expect, it } from 'vitest'

import { sameShape } from './markdown.ts'
import { retiredWords } from './retired-words.ts'
import { shellStatements } from './run-document.ts'

const PATH = 'docs/guide.md'
const inText = (text: string) => retiredWords([{ path: PATH, text }], [])

describe('retiredWords', () => {
  it.each([
    ['2 unless told; 0 is none', '"unless told"'],
    ['how to mend it', '"mend"'],
    ['Flags are seen by whoever lists the processes', '"whoever"'],
    ['an HTTP stack of one’s own, or of your own.', '"of your own"'],
    ["an HTTP stack of one's own", '"one\'s own"'],
    ['The answer is no JSON text', '"answer"'],
    ['The reply is no JSON text', '"is no "'],
    ['Some lines are no jobs', '"are no "'],
    ['Stop after so many cards', '"so many"'],
    ['what stands in the way of a call', '"stands in the way"'],
    ['unbind by way of a queue', '"by way of"'],
    ['a verdict for each job', '"verdict"'],
    ['It asks the list first', '"asks the list"'],
    ['cards under way', '"under way"'],
    ['请联系您的联系人', '"您"'],
    ['连连没有公布上限', '"连连"'],
    ['要么有人在说谎', '"有人在说谎"'],
    ['没有一个字节写到 socket', '"没有一个字节"'],
  ])('finds the wording in %j', (text, wording) => {
    expect(inText(text).join('\n')).toContain(wording)
  })

  it.each([
    'There is no idempotency key.',
    'It is no longer the default.',
    'The sandbox replies; the outcome is reported in your own words.',
    'the connections of your own `fetch`',
    '连连支付没有公布限速，你可以询问。',
    'A query that fits `onVerdict`.',
  ])('accepts %j', (text) => {
    expect(inText(text)).toEqual([])
  })

  it('finds a wording that is broken over two lines, and names the line it begins in', () => {
    expect(inText('One.\nNot unless\ntold.\n')).toContainEqual(
      expect.stringMatching(/^docs\/guide\.md:2: "unless told"/),
    )
    expect(inText('一。\n要么有人\n在说谎。\n')).toEqual([
      expect.stringMatching(/^docs\/guide\.md:2: /),
    ])
  })

  it('allows a wording where an exception has a reason for it', () => {
    const exceptions = [{ path: PATH, found: 'answer', why: 'a heading of a table' }]
    expect(retiredWords([{ path: PATH, text: 'first answer' }], exceptions)).toEqual([])
    expect(retiredWords([{ path: 'other.md', text: 'first answer' }], exceptions)).toHaveLength(2)
  })

  it('reports an exception that no document needs', () => {
    const exceptions = [{ path: PATH, found: 'answer', why: 'a heading of a table' }]
    expect(retiredWords([{ path: PATH, text: 'first reply' }], exceptions)).toEqual([
      'docs/guide.md no longer has "answer": remove it',
    ])
  })
})

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

it('splits a block into what is pasted at once', () => {
  const block = `# a remark
llpay unbind   # again: exit 3

llpay a \\
  --b
cat > f <<'JSON'
{
  "a": 1
}
JSON
ls`
  expect(shellStatements(block)).toEqual([
    { text: 'llpay unbind   # again: exit 3', status: 3 },
    { text: 'llpay a \\\n  --b', status: 0 },
    { text: 'cat > f <<\'JSON\'\n{\n  "a": 1\n}\nJSON', status: 0 },
    { text: 'ls', status: 0 },
  ])
})

it('ends where a here-document does not', () => {
  expect(shellStatements("cat <<'A'\nb")).toHaveLength(1)
})
