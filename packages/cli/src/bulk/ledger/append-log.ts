import { closeSync, fdatasync, openSync } from 'node:fs'
import { promisify } from 'node:util'

import { LineBatches } from '../line-batches.ts'
import { writerTo } from '../writer-to.ts'

const OWNER_ONLY = 0o600
/** A trip to the disk is the dearest part of a record; those of a millisecond share one. */
const GATHER_MS = 1

const syncData = promisify(fdatasync)

/** A file that lines are appended to, each on the disk before one goes on. */
export interface AppendLog {
  /** Appends a line; it is on the disk when this resolves. */
  append(line: string): Promise<void>
  close(): void
}

/**
 * Opens a file for appending; one that is made is its owner's alone. Lines that come while the disk is
 * busy go to it together, so that one costs little.
 */
export function openAppendLog(path: string): AppendLog {
  const fd = openSync(path, 'a', OWNER_ONLY)
  const write = writerTo(fd)
  const batches = new LineBatches(async (lines) => {
    await write(lines)
    await syncData(fd)
  }, GATHER_MS)
  return { append: (line) => batches.add(line), close: () => closeSync(fd) }
}
