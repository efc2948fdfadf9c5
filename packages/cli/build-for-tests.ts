// Tests of the command line run the bundle: it is made again where a source is newer, in this package or in
// one of those that it is made of.
import { execFileSync } from 'node:child_process'
import { globSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGE = dirname(fileURLToPath(import.meta.url))
const BUNDLE = join(PACKAGE, 'dist/bin.js')
const INPUTS = ['build/**/*.js', '../{core,node,sandbox}/dist/**/*.js', 'bundle.ts']

const changedAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

/** Called by vitest, once, before the tests; not where LLPAY_NO_BUNDLE says that none of them runs the bundle. */
export function setup(): void {
  if (process.env['LLPAY_NO_BUNDLE'] !== undefined) return
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: PACKAGE, stdio: 'inherit' })
  run('tsc', '-b')
  const made = changedAt(BUNDLE)
  const inputs = globSync(INPUTS, { cwd: PACKAGE })
  if (inputs.some((path) => changedAt(join(PACKAGE, path)) > made)) {
    run(process.execPath, 'bundle.ts')
  }
}
