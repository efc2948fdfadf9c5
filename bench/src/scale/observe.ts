import { readFileSync } from 'node:fs'

const KIB_PER_MIB = 1024
/** Places in what Linux says of a process behind its name in brackets: proc(5), 14 and 15. */
const [USER_TIME, SYSTEM_TIME] = [11, 12]
const TICK_US = 10_000

/** What the kernel says of a process. */
export interface Observed {
  readonly mib: number
  readonly cpuUs: number
}

/** Looks at a process, on Linux; nothing once it has ended. */
export function observe(pid: number): Observed | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const [, kib] = /VmRSS:\s+(\d+)/.exec(status) ?? []
    const [, facts = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?!.*\))/)
    const ticks = facts.split(' ')
    if (kib === undefined) return undefined
    return {
      mib: Number(kib) / KIB_PER_MIB,
      cpuUs: (Number(ticks[USER_TIME]) + Number(ticks[SYSTEM_TIME])) * TICK_US,
    }
  } catch {
    return undefined
  }
}
