import { realDisk } from './ledger/disk.ts'
import { JobTable, times } from './ledger/job-table.ts'
import { noLedger, readEntries, type LedgerRecord, type OutcomeRecord } from './ledger/records.ts'

/** What a spreadsheet takes for the beginning of a formula (OWASP: CSV injection). */
const FORMULA = /^[=+\-@\t\r]/
const NEEDS_QUOTES = /[",\r\n]/

/** A cell that no spreadsheet runs: an apostrophe in front makes it text. */
function toCell(value: string | number | undefined): string {
  const text = String(value ?? '')
  const safe = FORMULA.test(text) ? `'${text}` : text
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A line of CSV (RFC 4180), without its end. */
export const csvLine = (cells: readonly (string | number | undefined)[]): string =>
  cells.map(toCell).join(',')

/** What the record says of one card. */
export interface AuditRow {
  readonly job: string
  readonly line: number | undefined
  readonly ref: string | undefined
  /** `open` where something may have been sent, and no outcome is written yet. */
  readonly outcome: OutcomeRecord['outcome'] | 'open'
  readonly evidence: string | undefined
  readonly code: string | undefined
  readonly returnCode: string | undefined
  readonly payType: string | undefined
  /** When the first request that may have unbound it was about to be sent. */
  readonly sentAt: string | undefined
  /** When the outcome was certain, and written. */
  readonly decidedAt: string | undefined
}

const SHOWN = 1

const toTime = (at: number) => (at === 0 ? undefined : new Date(at).toISOString())

function* readRecords(file: string): Generator<LedgerRecord> {
  let isEmpty = true
  for (const { entry } of readEntries(realDisk, file)) {
    isEmpty = false
    if (!('llpay' in entry)) yield entry
  }
  if (isEmpty) throw noLedger()
}

/**
 * Reads a ledger and says of each card what became of it, the last outcome counting; cards without
 * one come where they were first sent. The order is the ledger's: a clock may have been set back.
 *
 * @throws {ConfigError} `ERR_CONFIG_INVALID` for what is not a ledger.
 */
export function* auditRows(file: string): Generator<AuditRow> {
  const sentAt = new JobTable(times)
  const decided = new JobTable(times)
  let number = 0
  for (const { event, ...record } of readRecords(file)) {
    number += 1
    if (!('job' in record)) continue
    if (event === 'sent' && sentAt.get(record.job) === 0) sentAt.set(record.job, record.at)
    if (event === 'outcome') decided.set(record.job, number)
  }
  const shown = new JobTable()
  number = 0
  for (const record of readRecords(file)) {
    number += 1
    if (record.event === 'run') continue
    const { job, at } = record
    const sent = toTime(sentAt.get(job))
    if (record.event === 'outcome' && decided.get(job) === number) {
      const { line, ref, outcome, evidence, code, returnCode, payType } = record
      const facts = { line, ref, outcome, evidence, code, returnCode, payType }
      yield { job, ...facts, sentAt: sent, decidedAt: toTime(at) }
    }
    if (record.event === 'sent' && decided.get(job) === 0 && shown.get(job) === 0) {
      shown.set(job, SHOWN)
      const none = { line: undefined, ref: undefined, evidence: undefined }
      const nothing = { code: undefined, returnCode: undefined, payType: undefined }
      yield { job, ...none, ...nothing, outcome: 'open', sentAt: sent, decidedAt: undefined }
    }
  }
}
