import type { Clock } from '@llpay/core'
import { systemClock } from '@llpay/core/adapter'

import { realDisk, type Disk } from './disk.ts'
import { realProcesses, type Processes } from './processes.ts'

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
