import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import type { BenchOptions, Group } from './measure/result.ts'

const PROCESS = fileURLToPath(new URL('bench-process.ts', import.meta.url))

/** What a bench measured. */
export interface BenchRun {
  readonly groups: readonly Group[]
  /** How it ended where that was not its end: what it had measured by then is there. */
  readonly failure?: string
}

/**
 * Runs a bench in its own process, so that none inherits another's memory or compiled code.
 *
 * @param onGroup hears of each table as soon as it is measured.
 */
export async function runBench(
  name: string,
  { short }: BenchOptions,
  onGroup: (group: Group) => void = () => undefined,
): Promise<BenchRun> {
  const child = fork(PROCESS, [name, ...(short ? ['--short'] : [])], { execArgv: ['--expose-gc'] })
  const groups: Group[] = []
  child.on('message', (group: Group) => {
    groups.push(group)
    onGroup(group)
  })
  const [status, signal]: unknown[] = await once(child, 'close')
  if (status === 0) return { groups }
  return { groups, failure: `The bench ${name} ended with ${String(status ?? signal)}.` }
}
