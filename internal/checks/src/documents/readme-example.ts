import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { temporaryFolder } from '../pack/temporary-folder.ts'
import { ROOT } from '../repository.ts'
import { startSandbox } from './sandbox.ts'

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
