import { closeSync, fstatSync, ftruncateSync, openSync } from 'node:fs'

import { ConfigError } from '@llpay/core'

import { systemCode } from '../../system-code.ts'
import { JobTable, times } from '../ledger/job-table.ts'
import { readEntries } from '../ledger/read-entries.ts'
import { readLines } from '../ledger/read-lines.ts'
import type { OutcomeRecord } from '../ledger/record.ts'
import { LineBatches } from '../line-batches.ts'
import { writerTo } from '../writer-to.ts'
import { readResultLine, toResultLine } from './result-line.ts'

const STDOUT_FD = 1
const OWNER_ONLY = 0o600
/** How a process on Linux reads the file that its standard output goes to. */
const STDOUT_FILE = '/proc/self/fd/1'

/** Where outcomes are told, a line of JSON each. */
export interface Results {
  /** Tells an outcome; `false` where nobody listens any more. */
  tell(record: OutcomeRecord): Promise<boolean>
}

/** Where `--json` leaves standard output to the summary. */
export const noResults: Results = { tell: async () => true }

/** Tells outcomes as lines of a file or a pipe, until its reader leaves. */
function tellTo(fd: number): Results {
  const batches = new LineBatches(writerTo(fd))
  return {
    async tell(record) {
      try {
        await batches.add(toResultLine(record))
        return true
      } catch (error) {
        if (systemCode(error) === 'EPIPE') return false
        throw error
      }
    },
  }
}

/** When the last outcome of each job in a file was told; half a line at its end is cut off. */
function readTold(file: string, fd: number): JobTable {
  const told = new JobTable(times)
  let whole = 0
  for (const { text, end } of readLines(file)) {
    whole = end
    const result = readResultLine(text)
    if (result !== undefined) told.set(result.job, result.at)
  }
  if (fstatSync(fd).size > whole) ftruncateSync(fd, whole)
  return told
}

/** Tells what a ledger has and a file of results lacks. */
async function catchUp(results: Results, told: JobTable, ledgerFile: string): Promise<void> {
  for (const { entry } of readEntries(ledgerFile)) {
    if (!('event' in entry) || entry.event !== 'outcome') continue
    if (entry.at > told.get(entry.job)) await results.tell(entry)
  }
}

function canRead(file: string): boolean {
  try {
    closeSync(openSync(file, 'r'))
    return true
  } catch {
    return false
  }
}

/** The file that results go to, if they do and it can be read. */
function findFile(file: string | undefined): string | undefined {
  if (file !== undefined) return file
  return fstatSync(STDOUT_FD).isFile() && canRead(STDOUT_FILE) ? STDOUT_FILE : undefined
}

/**
 * Opens where outcomes are told. In a file each is there once, whatever happened to the runs before:
 * what the ledger has and the file lacks is told first. Through a pipe, what was told before a run
 * was killed is not told again.
 *
 * @param file the file that the user named; standard output else.
 * @throws {ConfigError} `ERR_CONFIG_INVALID` for a file that cannot be written.
 */
export async function openResults(file: string | undefined, ledgerFile: string): Promise<Results> {
  let fd = STDOUT_FD
  try {
    if (file !== undefined) fd = openSync(file, 'a+', OWNER_ONLY)
  } catch (error) {
    throw new ConfigError(
      'ERR_CONFIG_INVALID',
      `The file given with --results cannot be written (${systemCode(error) ?? 'unwritable'}).`,
    )
  }
  const results = tellTo(fd)
  const written = findFile(file)
  if (written !== undefined) await catchUp(results, readTold(written, fd), ledgerFile)
  return results
}
