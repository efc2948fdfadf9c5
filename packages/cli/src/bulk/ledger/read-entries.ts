import { ConfigError } from '@llpay/core'

import type { Disk } from './disk.ts'
import { readLines } from './read-lines.ts'
import { parseHead, parseRecord, type Head, type LedgerRecord } from './record.ts'

/** A line of a ledger, and where the next one begins. */
export interface Entry {
  readonly entry: Head | LedgerRecord
  readonly end: number
}

/** Says that a file is something else. */
export const noLedger = () =>
  new ConfigError(
    'ERR_CONFIG_INVALID',
    'This is no ledger of llpay. It is the file that a run of llpay card unbind-many names in its last line.',
  )

const damaged = (line: number) =>
  new ConfigError(
    'ERR_CONFIG_INVALID',
    `The ledger is damaged at line ${line}. Bring back a copy of it; nothing is sent on a record that cannot be read.`,
  )

/**
 * Reads a ledger: its head, and then its records one by one. Half a line at its end is left out: it was
 * being written when the machine or the process stopped.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` where it is damaged, or no ledger.
 */
export function* readEntries(disk: Disk, file: string): Generator<Entry> {
  let number = 0
  for (const { text, end } of readLines(disk, file)) {
    number += 1
    const entry = number === 1 ? parseHead(text) : parseRecord(text)
    if (entry === undefined) throw number === 1 ? noLedger() : damaged(number)
    yield { entry, end }
  }
}
