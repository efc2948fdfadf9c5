// What the checks find, and what they leave. Usage: environment.ts node|prune|note|compare
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { askGit, ROOT } from '@internal/testkit/repository'

/** The lowest release that runs TypeScript sources, and all of our tools, without a flag. */
const FLOOR = [22, 18] as const
const NOTE = join(ROOT, 'node_modules/.cache/llpay-tree.txt')

/** What git sees in the tree: one line per changed or new file, and a hash of all changes. */
function readTree(): string {
  const status = askGit('status', '--porcelain', '--untracked-files=all')
  if (status === undefined) return 'no git repository\n'
  const changes = createHash('sha256').update(askGit('diff', 'HEAD') ?? '')
  return `${status}changes ${changes.digest('hex')}\n`
}

const ACTIONS: Readonly<Record<string, () => void>> = {
  /** Says whether this Node can run the checks. */
  node() {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
    const isGood = major > FLOOR[0] || (major === FLOOR[0] && minor >= FLOOR[1])
    console.log(
      `Checks run on Node ${process.versions.node}; they need ${FLOOR.join('.')} at least.`,
    )
    process.exitCode = isGood ? 0 : 1
  },
  /** Removes the outputs of deleted sources: tsc leaves them behind, and a package would publish them. */
  prune() {
    for (const state of globSync('packages/*/*/.tsbuildinfo', { cwd: ROOT })) {
      const folder = join(ROOT, dirname(state))
      for (const path of globSync('**/*.{js,d.ts,js.map,d.ts.map}', { cwd: folder })) {
        const source = path.replace(/\.(?:js|d\.ts)(?:\.map)?$/, '.ts')
        if (existsSync(join(folder, '../src', source))) continue
        rmSync(join(folder, path))
        console.log(`${dirname(state)}/${path} has lost its source and was removed.`)
      }
    }
  },
  /** Notes what the tree is like before the checks. */
  note() {
    mkdirSync(dirname(NOTE), { recursive: true })
    writeFileSync(NOTE, readTree())
  },
  /** Says whether the checks changed the tree. */
  compare() {
    const before = readFileSync(NOTE, 'utf8')
    const after = readTree()
    if (before === after) return
    console.log(`The checks changed the tree. Before:\n${before}\nAfter:\n${after}`)
    process.exitCode = 1
  },
}

const action = ACTIONS[process.argv[2] ?? '']
if (action === undefined) throw new Error('Usage: environment.ts node|prune|note|compare')
action()
