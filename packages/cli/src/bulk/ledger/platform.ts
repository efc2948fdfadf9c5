import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

import type { Clock } from '@llpay/core'
import { systemClock } from '@llpay/core/adapter'

import { systemCode } from '../../config/files.ts'
import { realDisk, type Disk } from './disk.ts'

/** Places in what Linux says of a process behind its name in brackets: proc(5), 3 and 22. */
const STATE = 0
const START_TIME = 19
/** Ended, and not yet taken note of by its parent. */
const ENDED = ['Z', 'X']

/** Names a process, so that no other one ever has the same name. */
export interface ProcessMark {
  readonly pid: number
  /** When it was started, in ticks since the machine was; empty where the platform does not say. */
  readonly start: string
  /** Names this start of the machine, or the machine where the platform does not say. */
  readonly boot: string
  /** Two containers of one machine have different ones, and the same process numbers. */
  readonly pidNamespace: string
}

/** What is known of the processes of this machine. */
export interface Processes {
  /** This process. */
  own(): ProcessMark
  /** Whether a process has ended; asked only of those in the boot and the namespace of this one. */
  isGone(mark: Pick<ProcessMark, 'pid' | 'start'>): boolean
}

function attempt(read: () => string): string {
  try {
    return read().trim()
  } catch {
    return ''
  }
}

/** What Linux says of a process; nothing elsewhere. */
function factsOf(pid: number): readonly string[] {
  const [, facts = ''] = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8')).split(
    /\) (?!.*\))/,
  )
  return facts.split(' ')
}

const startOf = (pid: number) => factsOf(pid)[START_TIME] ?? ''

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}

/** The processes of this machine. */
const realProcesses: Processes = {
  own: () => ({
    pid: process.pid,
    start: startOf(process.pid),
    boot: attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')) || hostname(),
    pidNamespace: attempt(() => readlinkSync('/proc/self/ns/pid')),
  }),
  isGone: ({ pid, start }) =>
    ENDED.includes(factsOf(pid)[STATE] ?? '') || !exists(pid) || startOf(pid) !== start,
}

/** What a ledger stands on; a test or a simulation brings its own. */
export interface Platform {
  readonly disk: Disk
  readonly clock: Clock
  readonly processes: Processes
  /** The time of day, for people who read records; nothing is ordered by it. */
  readonly time: () => number
}

/** This machine. */
export const realPlatform: Platform = {
  disk: realDisk,
  clock: systemClock,
  processes: realProcesses,
  time: Date.now,
}
