import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { readReport, TIMEOUT_MS, type Runner } from './runner.ts'

/** Runs the suite with a command that takes a module's path: Node, Deno, Bun. */
export function runProcess(command: string, ...args: string[]): Runner {
  return async ({ folder, bundles }) => {
    const path = join(folder, 'suite.mjs')
    await writeFile(path, bundles.module)
    const { stdout } = await promisify(execFile)(command, [...args, path], {
      cwd: folder,
      timeout: TIMEOUT_MS,
      maxBuffer: 2 ** 26,
    })
    return readReport(stdout)
  }
}
