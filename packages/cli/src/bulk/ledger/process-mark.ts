import { readFileSync } from 'node:fs'

import { systemCode } from '../../system-code.ts'

const PID = /^([1-9][0-9]*)/
/** Places in what Linux says of a process behind its name in brackets: proc(5), 3 and 22. */
const STATE = 0
const START_TIME = 19
/** Ended, and not yet taken note of by its parent. */
const ENDED = ['Z', 'X']

/** What the platform says of a process; nothing where it says nothing. */
function factsOf(pid: number): readonly string[] {
  try {
    const [, facts = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?!.*\))/)
    return facts.split(' ')
  } catch {
    return []
  }
}

/** Names a running process, by number and start, so that none after it has the same name. */
export const markOf = (pid: number): string => `${pid} ${factsOf(pid)[START_TIME] ?? ''}`

/** The number in a mark; 0 where there is none. */
export const pidOf = (mark: string): number => Number(PID.exec(mark)?.[1] ?? 0)

/** Whether the process that a mark names is still there. */
export function isRunning(mark: string): boolean {
  const pid = pidOf(mark)
  if (pid === 0 || ENDED.includes(factsOf(pid)[STATE] ?? '')) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
  return markOf(pid) === mark
}
