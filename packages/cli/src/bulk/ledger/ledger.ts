import { existsSync, statSync, truncateSync } from 'node:fs'

import { ConfigError } from '@llpay/core'
import type { SentMarks } from '@llpay/core/bulk'

import { readVersion } from '../../version.ts'
import { openAppendLog, type AppendLog } from './append-log.ts'
import { checkOf, openJobKey } from './job-key.ts'
import { JobTable } from './job-table.ts'
import { takeLock } from './lock.ts'
import { readEntries } from './read-entries.ts'
import { OUTCOMES, toLine } from './record.ts'
import type { Head, LedgerRecord, Outcome, OutcomeRecord } from './record.ts'

/** What is known of a job, as a number: sent, met in this run, and its outcome's place from 1 on. */
const SENT = 1
const MET = 2
const OUTCOME = 4

/** Whose cards the jobs unbind, and where. */
export type Owner = Pick<Head, 'oid_partner' | 'target'>

/** The record of a run over days and restarts: what was sent, and what became of it. */
export interface Ledger {
  /** The key of the jobs' ids. */
  readonly jobKey: Uint8Array
  /** Says of each job whether it was sent before, durably. */
  readonly marks: SentMarks
  /** Whether this run has not met the job before; it has from now on. */
  meet(job: string): boolean
  /** What a job has ended with; `undefined` while it has not. */
  outcomeOf(job: string): Outcome | undefined
  wasSent(job: string): boolean
  /** Writes what a job has ended with; it is durable when this resolves. */
  record(outcome: OutcomeRecord): Promise<void>
  close(): void
}

/** Takes a record into what is known. */
function note(known: JobTable, record: LedgerRecord): void {
  if (record.event === 'run') return
  const before = known.get(record.job)
  const after =
    record.event === 'sent'
      ? before | SENT
      : (before & (SENT | MET)) + OUTCOME * (OUTCOMES.indexOf(record.outcome) + 1)
  known.set(record.job, after)
}

function checkHead(head: Head, wanted: Head): void {
  if (head.oid_partner !== wanted.oid_partner || head.target !== wanted.target) {
    throw new ConfigError(
      'ERR_CONFIG_CONFLICT',
      'The ledger belongs to another merchant, or to calls that went elsewhere (test and live). Give --ledger FILE, or the configuration that it was begun with.',
    )
  }
  if (head.key_check !== wanted.key_check) {
    throw new ConfigError(
      'ERR_CONFIG_CONFLICT',
      "The key of the job ids is not the one that the ledger was begun with: no card in it could be told from another. Bring back the ledger's own.",
    )
  }
}

/** Reads a ledger, and cuts off half a line at its end; nothing where no line is whole. */
function load(file: string, wanted: Head): JobTable | undefined {
  const known = new JobTable()
  let whole = 0
  for (const { entry, end } of readEntries(file)) {
    whole = end
    if ('llpay' in entry) checkHead(entry, wanted)
    else note(known, entry)
  }
  if (statSync(file).size > whole) truncateSync(file, whole)
  return whole === 0 ? undefined : known
}

/**
 * Opens a ledger, or begins one, for this process alone.
 *
 * @throws {ConfigError} `ERR_CONFIG_CONFLICT` where it is another's or in use, `ERR_CONFIG_INVALID`
 *   where it is damaged, `ERR_CONFIG_MISSING` where its key is gone.
 */
export async function openLedger(file: string, owner: Owner): Promise<Ledger> {
  const lock = takeLock(`${file}.lock`)
  try {
    const exists = existsSync(file) && statSync(file).size > 0
    const jobKey = openJobKey(`${file}.key`, exists)
    const head: Head = {
      llpay: 'unbind-ledger',
      version: 1,
      ...owner,
      key_check: checkOf(jobKey),
    }
    const loaded = exists ? load(file, head) : undefined
    const log = openAppendLog(file)
    if (loaded === undefined) await log.append(toLine(head))
    await log.append(toLine({ at: Date.now(), event: 'run', llpay_version: readVersion() }))
    return new FileLedger(log, loaded ?? new JobTable(), jobKey, lock.release)
  } catch (error) {
    lock.release()
    throw error
  }
}

class FileLedger implements Ledger {
  readonly jobKey: Uint8Array
  readonly marks: SentMarks
  readonly #log: AppendLog
  readonly #known: JobTable
  readonly #release: () => void

  constructor(log: AppendLog, known: JobTable, jobKey: Uint8Array, release: () => void) {
    this.#log = log
    this.#known = known
    this.#release = release
    this.jobKey = jobKey
    this.marks = {
      has: async (job) => this.wasSent(job),
      add: async (job) => {
        if (!this.wasSent(job)) await this.#write({ at: Date.now(), event: 'sent', job })
      },
    }
  }

  meet(job: string): boolean {
    const before = this.#known.get(job)
    this.#known.set(job, before | MET)
    return (before & MET) === 0
  }

  outcomeOf(job: string): Outcome | undefined {
    return OUTCOMES[Math.floor(this.#known.get(job) / OUTCOME) - 1]
  }

  wasSent(job: string): boolean {
    return (this.#known.get(job) & SENT) !== 0
  }

  async record(outcome: OutcomeRecord): Promise<void> {
    await this.#write(outcome)
  }

  close(): void {
    this.#log.close()
    this.#release()
  }

  async #write(record: LedgerRecord): Promise<void> {
    await this.#log.append(toLine(record))
    note(this.#known, record)
  }
}
