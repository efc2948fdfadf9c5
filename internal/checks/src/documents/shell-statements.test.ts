import { expect, it } from 'vitest'

import { shellStatements } from './run-document.ts'

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
