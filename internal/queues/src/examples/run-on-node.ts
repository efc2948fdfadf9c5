import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { EXAMPLES } from './repository.ts'
import { CARDS_FILE, type Run } from './sandbox.ts'

/** Runs an example that is a script. */
export function runOnNode(name: string): Run {
  return async (environment, tell) => {
    const script = join(EXAMPLES, name, 'unbind-many.ts')
    const child = spawn(process.execPath, [script, CARDS_FILE], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...environment },
    })
    createInterface({ input: child.stdout }).on('line', tell)
    const [status] = await once(child, 'close')
    return status === 0
  }
}
