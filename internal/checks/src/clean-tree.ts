import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { askGit, ROOT } from '@internal/testkit/repository'

const NOTE = join(ROOT, 'node_modules/.cache/llpay-tree.txt')

/** What git sees in the tree: one line per changed or new file, and a hash of all changes. */
function readTree(): string {
  const status = askGit('status', '--porcelain', '--untracked-files=all')
  if (status === undefined) return 'no git repository\n'
  const changes = createHash('sha256').update(askGit('diff', 'HEAD') ?? '')
  return `${status}changes ${changes.digest('hex')}\n`
}

const actions: Readonly<Record<string, () => void>> = {
  note() {
    mkdirSync(dirname(NOTE), { recursive: true })
    writeFileSync(NOTE, readTree())
  },
  compare() {
    const before = readFileSync(NOTE, 'utf8')
    const after = readTree()
    if (before === after) return
    console.log(`The checks changed the tree. Before:\n${before}\nAfter:\n${after}`)
    process.exitCode = 1
  },
}

const action = actions[process.argv[2] ?? '']
if (action === undefined) throw new Error('Usage: clean-tree.ts note|compare')
action()
