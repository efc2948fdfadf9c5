import { ConfigError } from '@llpay/core'
import type { SentMarks } from '@llpay/core/bulk'

import { t } from '../../output/language.ts'
import { errorText } from '../../program/errors.ts'
import { readVersion } from '../../version.ts'
import { appendLog, type AppendLog } from '../write-lines.ts'
import { readText, writeWhole, type Disk } from './disk.ts'
import { checkOf, openJobKey } from './job-key.ts'
import { JobTable } from './job-table.ts'
import type { Patience } from './lock-file.ts'
import { takeLock, type Lock } from './lock.ts'
import { realPlatform, type Platform } from './platform.ts'
import {
  noLedger,
  readEntries,
  isTornHead,
  OUTCOMES,
  toLine,
  type Head,
  type LedgerRecord,
  type Outcome,
  type OutcomeRecord,
} from './records.ts'

/** What is known of a job, as a number: sent, met in this run, and its outcome's place from 1 on. */
const SENT = 1
const MET = 2
const OUTCOME = 4
/** The place of "not bound" where the lists of some products say nothing. */
const UNDECIDED = OUTCOMES.length + 1

function placeOf({ outcome, undecided = [] }: OutcomeRecord): number {
  if (outcome === 'not-bound' && undecided.length > 0) return UNDECIDED
  return OUTCOMES.indexOf(outcome) + 1
}

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
  /** Whether a job ended not bound without a list for every product. */
  isUndecided(job: string): boolean
  wasSent(job: string): boolean
  /** Writes what a job has ended with; it is durable when this resolves. */
  record(outcome: OutcomeRecord): Promise<void>
  /** @throws {ConfigError} `ERR_CONFIG_CONFLICT` once another run has taken the ledger over. */
  check(): void
  close(): void
}

/** Takes a record into what is known. */
function note(known: JobTable, record: LedgerRecord): void {
  if (record.event === 'run') return
  const before = known.get(record.job)
  const after =
    record.event === 'sent' ? before | SENT : (before & (SENT | MET)) + OUTCOME * placeOf(record)
  known.set(record.job, after)
}

function checkHead(head: Head, wanted: Head): void {
  if (head.oid_partner !== wanted.oid_partner || head.target !== wanted.target) {
    throw new ConfigError(
      'ERR_CONFIG_CONFLICT',
      errorText(
        'bulk.ledger-other-merchant',
        t(
          'The ledger belongs to another merchant, or to calls that went elsewhere (test and live).',
          '该台账属于其他商户，或其请求发往别处（测试与生产）。',
        ),
        t(
          'Set --ledger FILE, or use the configuration that it was started with.',
          '设置 --ledger FILE，或使用创建台账时的配置。',
        ),
      ),
    )
  }
  if (head.key_check !== wanted.key_check) {
    throw new ConfigError(
      'ERR_CONFIG_CONFLICT',
      errorText(
        'bulk.ledger-other-key',
        t(
          'The key of the job ids is not the one that the ledger was started with, so no card in it can be recognized.',
          '任务编号的密钥与创建台账时的不同，无法识别其中的卡。',
        ),
        t("Restore the ledger's own key file.", '恢复该台账自己的密钥文件。'),
      ),
    )
  }
}

/** What a ledger holds when it is opened. */
interface Loaded {
  readonly head: Head
  readonly known: JobTable
  /** Whether a job is recorded in it. */
  readonly hasJobs: boolean
  /** Where its last whole line ends. */
  readonly end: number
}

/** Reads a ledger; nothing where there is none, or it ended before its first line did. */
function load(disk: Disk, file: string): Loaded | undefined {
  if ((disk.size(file) ?? 0) === 0) return undefined
  const known = new JobTable()
  let head: Head | undefined
  let end = 0
  for (const each of readEntries(disk, file)) {
    end = each.end
    if ('llpay' in each.entry) head = each.entry
    else note(known, each.entry)
  }
  if (head !== undefined) return { head, known, hasJobs: known.size > 0, end }
  if (isTornHead(readText(disk, file) ?? '')) return undefined
  throw noLedger()
}

/** Cuts off half a line at the end of a ledger. */
function cutOff(disk: Disk, file: string, end: number, check: () => void): void {
  if (disk.size(file) === end) return
  check()
  const opened = disk.open(file, 'append')
  opened.truncate(end)
  opened.close()
}

/**
 * Opens a ledger, or begins one, for this process alone.
 *
 * @throws {ConfigError} `ERR_CONFIG_CONFLICT` where it is another's or in use, `ERR_CONFIG_INVALID`
 *   where it is damaged, `ERR_CONFIG_MISSING` where its key is gone.
 * @throws {TransportError} `ERR_TRANSPORT_ABORTED` where the waiting for another run was interrupted.
 */
export async function openLedger(
  file: string,
  owner: Owner,
  platform: Platform = realPlatform,
  patience: Patience = {},
): Promise<Ledger> {
  // A ledger has one lock, under whichever name it is opened.
  const lock = await takeLock(platform.disk.resolve(file), platform, patience)
  try {
    return await openLocked(file, owner, platform, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

async function openLocked(
  file: string,
  owner: Owner,
  platform: Platform,
  lock: Lock,
): Promise<Ledger> {
  const { disk, clock, time } = platform
  const check = () => lock.check()
  const loaded = load(disk, file)
  const { key, isNew } = await openJobKey(disk, `${file}.key`, loaded?.hasJobs === true, check)
  const head: Head = { llpay: 'unbind-ledger', version: 1, ...owner, key_check: checkOf(key) }
  if (loaded !== undefined)
    checkHead(loaded.head, isNew ? { ...head, key_check: loaded.head.key_check } : head)
  if (loaded === undefined || isNew) await writeWhole(disk, file, toLine(head), check)
  else cutOff(disk, file, loaded.end, check)
  const log = appendLog(disk.open(file, 'append'), clock, check)
  try {
    await log.append(toLine({ at: time(), event: 'run', llpay_version: readVersion() }))
  } catch (error) {
    log.close()
    throw error
  }
  return new FileLedger({ log, lock, time, jobKey: key, known: loaded?.known ?? new JobTable() })
}

/** What an open ledger works with. */
interface LedgerParts {
  readonly log: AppendLog
  readonly lock: Lock
  readonly time: () => number
  readonly jobKey: Uint8Array
  readonly known: JobTable
}

class FileLedger implements Ledger {
  readonly jobKey: Uint8Array
  readonly marks: SentMarks
  readonly #parts: LedgerParts
  /** How many requests this run has counted for the jobs that have no outcome yet. */
  readonly #sends = new Map<string, number>()

  constructor(parts: LedgerParts) {
    this.#parts = parts
    this.jobKey = parts.jobKey
    this.marks = {
      has: async (job) => this.wasSent(job),
      add: async (job) => {
        const sends = this.#countOf(job) + 1
        this.#sends.set(job, sends)
        if (!this.wasSent(job)) await this.#write({ at: parts.time(), event: 'sent', job })
        // The request is sent right after.
        this.check()
        return sends
      },
      // The runner keeps outcomes itself, and takes up again what it was asked to.
      outcomeOf: async () => undefined,
      keepOutcome: async (job, outcome, sends) =>
        sends === undefined || sends === this.#countOf(job) ? outcome : undefined,
    }
  }

  meet(job: string): boolean {
    const { known } = this.#parts
    const before = known.get(job)
    known.set(job, before | MET)
    return (before & MET) === 0
  }

  outcomeOf(job: string): Outcome | undefined {
    if (this.isUndecided(job)) return 'not-bound'
    return OUTCOMES[Math.floor(this.#parts.known.get(job) / OUTCOME) - 1]
  }

  isUndecided(job: string): boolean {
    return Math.floor(this.#parts.known.get(job) / OUTCOME) === UNDECIDED
  }

  wasSent(job: string): boolean {
    return (this.#parts.known.get(job) & SENT) !== 0
  }

  async record(outcome: OutcomeRecord): Promise<void> {
    await this.#write(outcome)
    this.#sends.delete(outcome.job)
  }

  check(): void {
    this.#parts.lock.check()
  }

  close(): void {
    this.#parts.log.close()
    this.#parts.lock.release()
  }

  /** Of the requests of earlier runs, only that there were some is known. */
  #countOf(job: string): number {
    return this.#sends.get(job) ?? (this.wasSent(job) ? 1 : 0)
  }

  async #write(record: LedgerRecord): Promise<void> {
    await this.#parts.log.append(toLine(record))
    note(this.#parts.known, record)
  }
}
