import type { JobOutcome } from '@llpay/core/bulk'

import { t } from '../../output/language.ts'
import { invalidError } from '../../program/errors.ts'
import type { Disk } from './disk.ts'

const CHUNK = 1 << 20
const LINE_END = 0x0a

/** A whole line of a file, and where the next one begins. */
export interface Line {
  readonly text: string
  readonly end: number
}

/**
 * Reads the lines of a file one by one. A last line without its end is left out: it was being written
 * when the machine or the process stopped.
 */
export function* readLines(disk: Disk, path: string): Generator<Line> {
  const file = disk.open(path, 'read')
  try {
    let rest = Buffer.alloc(0)
    let end = 0
    let position = 0
    for (let chunk = file.read(0, CHUNK); chunk.length > 0; chunk = file.read(position, CHUNK)) {
      position += chunk.length
      const bytes = Buffer.concat([rest, chunk])
      let start = 0
      for (let at = bytes.indexOf(LINE_END); at >= 0; at = bytes.indexOf(LINE_END, start)) {
        end += at + 1 - start
        yield { text: bytes.toString('utf8', start, at), end }
        start = at + 1
      }
      rest = bytes.subarray(start)
    }
  } finally {
    file.close()
  }
}

/** What a job ended with: an outcome that is not "try again". */
export type Outcome = Exclude<JobOutcome['outcome'], 'retry'>

/** Every outcome, the number behind it being its place. */
export const OUTCOMES: readonly Outcome[] = ['unbound', 'not-bound', 'refused', 'unknown']

/** The first line of a ledger: whose it is. */
export interface Head {
  readonly llpay: 'unbind-ledger'
  readonly version: 1
  readonly oid_partner: string
  /** Where the calls go: the base URL, or `lianlian`. */
  readonly target: string
  /** Tells whether a key is the one that the jobs' ids were made with, and nothing else of it. */
  readonly key_check: string
}

export interface RunRecord {
  readonly at: number
  readonly event: 'run'
  readonly llpay_version: string
}

/** From here on, something may have been sent for the job. */
export interface SentRecord {
  readonly at: number
  readonly event: 'sent'
  readonly job: string
}

/** What became of a job, and what proves it. */
export interface OutcomeRecord {
  readonly at: number
  readonly event: 'outcome'
  readonly job: string
  /** Where the job stands in the file. */
  readonly line: number
  /** The caller's own reference. */
  readonly ref?: string
  readonly outcome: Outcome
  readonly evidence?: string
  readonly code?: string
  readonly returnCode?: string
  readonly category?: string
  readonly payType?: string
  /** For what is not bound: the products whose lists said so. */
  readonly queried?: readonly string[]
  /** For what is not bound: the products that no list says anything of. */
  readonly undecided?: readonly string[]
  /** For what is not a job: which members broke which rules. */
  readonly issues?: readonly { readonly path: string; readonly rule: string }[]
}

export type LedgerRecord = RunRecord | SentRecord | OutcomeRecord

/** Writes a record as a line. */
export const toLine = (record: Head | LedgerRecord): string => `${JSON.stringify(record)}\n`

const isText = (value: unknown): value is string => typeof value === 'string'

/** Reads a line of a ledger; `undefined` for what is none. */
function parseRecord(line: string): LedgerRecord | undefined {
  try {
    const record: LedgerRecord = JSON.parse(line)
    if (record.event === 'run') return record
    if (!isText(record.job)) return undefined
    if (record.event === 'sent') return record
    return OUTCOMES.includes(record.outcome) ? record : undefined
  } catch {
    return undefined
  }
}

const HEAD_START = '{"llpay":"unbind-ledger","version":1,'

/** Whether a text without a line end is what is left of a first line that was being written. */
export const isTornHead = (text: string): boolean =>
  text.startsWith(HEAD_START) || HEAD_START.startsWith(text) || /^\0*$/.test(text)

/** Reads the first line of a ledger; `undefined` for what is none. */
function parseHead(line: string): Head | undefined {
  try {
    const head: Head = JSON.parse(line)
    const isHead =
      head.llpay === 'unbind-ledger' &&
      head.version === 1 &&
      [head.oid_partner, head.target, head.key_check].every(isText)
    return isHead ? head : undefined
  } catch {
    return undefined
  }
}

/** A line of a ledger, and where the next one begins. */
export interface Entry {
  readonly entry: Head | LedgerRecord
  readonly end: number
}

/** Says that a file is something else. */
export const noLedger = () =>
  invalidError(
    'bulk.not-a-ledger',
    t('This is not an llpay ledger.', '这不是 llpay 的台账。'),
    t(
      'The ledger is the file that a run of llpay card unbind-many names in its last line.',
      '台账是 llpay card unbind-many 运行结束时最后一行给出的文件。',
    ),
  )

const damaged = (line: number) =>
  invalidError(
    'bulk.ledger-damaged',
    t(`The ledger is damaged at line ${line}.`, `台账在第 ${line} 行损坏。`),
    t(
      'Restore a copy of it; nothing is sent on a record that cannot be read.',
      '恢复备份；记录无法读取时不会发出任何请求。',
    ),
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
