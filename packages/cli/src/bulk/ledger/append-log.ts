import type { Clock } from '@llpay/core'

import { LineBatches } from '../line-batches.ts'
import type { DiskFile } from './disk.ts'

/** A trip to the disk is the dearest part of a record; those of a millisecond share one. */
const GATHER_MS = 1

/** A file that lines are appended to, each on the disk before one goes on. */
export interface AppendLog {
  /** Appends a line; it is on the disk when this resolves. */
  append(line: string): Promise<void>
  close(): void
}

/**
 * Appends lines to a file. Lines that come while the disk is busy go to it together, so that one costs
 * little.
 *
 * @param check called before every write; what it throws ends the writing.
 */
export function appendLog(file: DiskFile, clock: Clock, check: () => void): AppendLog {
  const write = async (lines: string) => {
    check()
    file.append(lines)
    await file.sync()
  }
  const batches = new LineBatches(write, { gatherMs: GATHER_MS, clock })
  return { append: (line) => batches.add(line), close: () => file.close() }
}
