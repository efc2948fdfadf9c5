import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import type { Guard } from './mutation.ts'

/** How a guard ended. */
export interface Outcome {
  readonly passed: number
  readonly failed: number
  /** It ran to its end, and its exit code agrees with its totals. */
  readonly sound: boolean
  readonly output: string
}

const TOTALS = /^(?:[\w-]+): (\d+) passed, (\d+) failed/gm
const TIME_LIMIT_MS = 180_000

function commandOf(root: string, guard: Guard): readonly string[] {
  // The sources are run as they are, so that no build stands between a mutation and its guard.
  if ('script' in guard) return ['--conditions=@llpay/source', ...guard.script]
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  return [vitest, 'run', '--project', guard.project, ...guard.files]
}

/** Runs a guard in a copy of the repository. */
export async function runGuard(root: string, copy: string, guard: Guard): Promise<Outcome> {
  const child = spawn(process.execPath, commandOf(root, guard), {
    cwd: copy,
    env: { ...process.env, NO_COLOR: '1', LLPAY_NO_BUNDLE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIME_LIMIT_MS,
  })
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve).once('error', reject)
  })
  const [code, ...printed] = await Promise.all([exited, text(child.stdout), text(child.stderr)])
  const output = printed.join('\n')
  const [, passed = '0', failed = '0'] = Array.from(output.matchAll(TOTALS)).at(-1) ?? []
  return {
    passed: Number(passed),
    failed: Number(failed),
    sound: code === (Number(failed) === 0 ? 0 : 1),
    output,
  }
}
