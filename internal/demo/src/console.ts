// `npm run console`: a sandbox on this machine, and its page in the browser.
import { spawn } from 'node:child_process'

import { CLI_FILE } from '@internal/testkit/cli'
import { ROOT } from '@internal/testkit/repository'

console.log('The command of this clone, for another terminal in this folder:')
console.log('')
console.log('  export PATH="$PWD/node_modules/.bin:$PATH"')
console.log('')

const args = ['sandbox', '--keys', '.cache/console-keys', '--open', ...process.argv.slice(2)]
const child = spawn(process.execPath, [CLI_FILE, ...args], { cwd: ROOT, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})
