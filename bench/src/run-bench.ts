import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import type { BenchOptions, Group } from './measure/result.ts'

const PROCESS = fileURLToPath(new URL('bench-process.ts', import.meta.url))

/** Runs a bench in a process of its own, so that none inherits another's memory or compiled code. */
export async function runBench(name: string, { short }: BenchOptions): Promise<readonly Group[]> {
  const child = fork(PROCESS, [name, ...(short ? ['--short'] : [])], { execArgv: ['--expose-gc'] })
  const groups: Group[] = []
  child.on('message', (message: Group[]) => groups.push(...message))
  const [status]: unknown[] = await once(child, 'exit')
  if (status !== 0) throw new Error(`The bench ${name} ended with ${String(status)}.`)
  return groups
}
