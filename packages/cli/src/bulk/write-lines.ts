import { appendFileSync, fstatSync, write as writeFd } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

import type { Clock } from '@llpay/core'

import { systemCode } from '../config/files.ts'
import type { DiskFile } from './ledger/disk.ts'

/** How long a batch waits for more lines. */
interface Gathering {
  readonly gatherMs: number
  readonly clock: Clock
}

/** Writes lines one batch after another: what is added while one is written makes up the next. */
export class LineBatches {
  readonly #write: (lines: string) => Promise<void>
  readonly #gathering: Gathering | undefined
  #waiting: string[] = []
  /** The writing that has not begun, and will take what is waiting. */
  #next: Promise<void> | undefined
  /** The writing that is in flight. */
  #last: Promise<void> = Promise.resolve()

  /** @param gathering left out where writing costs little: then a batch waits for nothing. */
  constructor(write: (lines: string) => Promise<void>, gathering?: Gathering) {
    this.#write = write
    this.#gathering = gathering
  }

  /**
   * Adds a line; it is written when this resolves. After a failure nothing more is written: it would
   * stand behind half a line.
   */
  add(line: string): Promise<void> {
    this.#waiting.push(line)
    if (this.#next === undefined) {
      this.#next = this.#last.then(() => this.#flush())
      this.#last = this.#next
    }
    return this.#next
  }

  async #flush(): Promise<void> {
    if (this.#gathering !== undefined) {
      await this.#gathering.clock.sleep(this.#gathering.gatherMs)
    }
    const lines = this.#waiting.join('')
    this.#waiting = []
    this.#next = undefined
    await this.#write(lines)
  }
}

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

const RETRY_MS = 5

const writeSome = promisify(writeFd)

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
