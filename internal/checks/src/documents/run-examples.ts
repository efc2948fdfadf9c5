import { execFile } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { ROOT } from '@internal/testkit/repository'

import type { Example } from '../examples/compile-examples.ts'
import { runTool, temporaryFolder } from '../pack/tarball.ts'
import { startSandbox } from './run-document.ts'

/** Whether an example is a file of tests. */
export const isVitestFile = (code: string): boolean => /from 'vitest'/.test(code)

/** Runs files of tests against the built packages, as a reader who pasted them would. */
export function runVitest(tests: readonly Example[]): string[] {
  const folder = temporaryFolder('vitest')
  const modules = join(folder, 'node_modules')
  mkdirSync(modules)
  symlinkSync(join(ROOT, 'packages/cli/node_modules/@llpay'), join(modules, '@llpay'))
  symlinkSync(join(ROOT, 'node_modules/vitest'), join(modules, 'vitest'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  for (const { source, code } of tests) writeFileSync(join(folder, `${source}.test.ts`), code)
  const { ok, output } = runTool(['vitest', 'run', '--root', folder], folder)
  return ok ? [] : [output]
}

const EXAMPLE = join(ROOT, 'examples/node/unbind.ts')
const EXPECTED = /^unbound signed-reply$/m

/** Runs the first example of README against a sandbox: it is a file of the examples. */
export async function runReadmeExample(blocks: readonly string[]): Promise<string[]> {
  const [, ...lines] = readFileSync(EXAMPLE, 'utf8').trimEnd().split('\n')
  if (!blocks.some((code) => code.trimEnd() === lines.join('\n').trimStart())) {
    return ['README shows another example than examples/node/unbind.ts']
  }
  const path = [join(ROOT, 'node_modules/.bin'), process.env['PATH']].join(':')
  const env = { ...process.env, PATH: path }
  const sandbox = await startSandbox('llpay sandbox', { folder: temporaryFolder('readme'), env })
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [EXAMPLE], {
      env: { ...env, ...sandbox.environment },
    })
    return EXPECTED.test(stdout) ? [] : [`the example printed ${stdout}`]
  } finally {
    await sandbox.stop()
  }
}
