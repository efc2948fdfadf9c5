import { appendFileSync, fstatSync, write } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

import { systemCode } from '../system-code.ts'

const RETRY_MS = 5

const writeSome = promisify(write)

/** Writes to what may be full for a while, such as a pipe. */
async function writePatiently(fd: number, text: string): Promise<void> {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      const { bytesWritten } = await writeSome(fd, rest)
      rest = rest.subarray(bytesWritten)
    } catch (error) {
      if (systemCode(error) !== 'EAGAIN') throw error
      await pause(RETRY_MS)
    }
  }
}

/**
 * Makes what writes all of a text. To a file that is done at once: the platform takes it into memory,
 * and a hop to another thread would cost ten times as much.
 */
export function writerTo(fd: number): (text: string) => Promise<void> {
  if (!fstatSync(fd).isFile()) return (text) => writePatiently(fd, text)
  return async (text) => appendFileSync(fd, text)
}
