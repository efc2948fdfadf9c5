// Replays README.md from a clean clone of what is committed: `npm start`, and every command and example.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

import { report, type Question } from '@internal/testkit/report'
import { askGit, ROOT } from '@internal/testkit/repository'

import { temporaryFolder } from './pack/tarball.ts'

const FOLDER = temporaryFolder('replay')
const CLONE = join(FOLDER, 'llpay')

/** The environment of somebody who has never seen this repository. */
function strangersEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:npm_|LLPAY_)/i.test(name))
  const path = (process.env['PATH'] ?? '').split(delimiter)
  const strange = path.filter((folder) => !folder.startsWith(ROOT))
  return { ...Object.fromEntries(kept), PATH: strange.join(delimiter) }
}

/** Runs a command, and shows what it prints. */
async function run(command: string, cwd = CLONE, more: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const child = spawn('bash', ['-c', command], {
    cwd,
    env: { ...strangersEnvironment(), ...more },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [status]: unknown[] = await once(child, 'close')
  return status === 0 ? [] : [`${command} ended with ${String(status)}`]
}

const inClone = (script: string) => run(`PATH="$PWD/node_modules/.bin:$PATH" node ${script}`)

/** Clones the repository; a checkout in a container often belongs to another user, which git minds. */
function clone(): Promise<string[]> {
  const config = join(FOLDER, 'gitconfig')
  writeFileSync(config, '[safe]\n\tdirectory = *\n')
  return run(`git clone --quiet '${ROOT}' '${CLONE}'`, FOLDER, { GIT_CONFIG_GLOBAL: config })
}

const REPLAY: readonly Question[] = [
  { name: 'a clone', ask: clone },
  { name: 'npm start', ask: () => run('npm start') },
  {
    name: 'README.md, from the top',
    ask: () => inClone('internal/checks/src/documents.ts README.md'),
  },
]

const hasRepository = askGit('rev-parse', 'HEAD') !== undefined
if (hasRepository && askGit('status', '--porcelain') !== '') {
  console.log('What is not committed is not replayed.')
}
await report(
  'replay',
  hasRepository ? REPLAY : [],
  hasRepository ? [] : [{ name: 'README.md in a clone', why: 'there is no repository to clone' }],
)
