import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Example } from '../examples/compile-examples.ts'
import { runTool } from '../pack/run-tool.ts'
import { temporaryFolder } from '../pack/temporary-folder.ts'
import { ROOT } from '../repository.ts'

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
