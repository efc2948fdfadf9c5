import { readFileSync } from 'node:fs'

const PID = /^([1-9][0-9]*)/
/** The place of the start time in what Linux says of a process, behind its name in brackets. */
const START_TIME = 19

/** When a process began, where the platform says so: after a restart, another one has its number. */
function startOf(pid: number): string {
  try {
    const [, facts = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?!.*\))/)
    return facts.split(' ')[START_TIME] ?? ''
  } catch {
    return ''
  }
}

/** Names a running process so that none after it has the same name. */
export const markOf = (pid: number): string => `${pid} ${startOf(pid)}`

/** The number in a mark; 0 where there is none. */
export const pidOf = (mark: string): number => Number(PID.exec(mark)?.[1] ?? 0)

/** Whether the process that a mark names is still there. */
export function isRunning(mark: string): boolean {
  const pid = pidOf(mark)
  if (pid === 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return markOf(pid) === mark
}
