import { setMaxListeners } from 'node:events'

import type { Clock } from '@llpay/core'
import { systemClock } from '@llpay/core/adapter'
import type { UnbindProcessor, JobOutcome } from '@llpay/core/bulk'

import type { Row } from '../input/open-input.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Outcome, OutcomeRecord } from '../ledger/records.ts'
import { Breaker, type Pacer, WaitingRoom } from './pace.ts'
import type { Results } from './results.ts'
import { countNotStarted, failures, noteStop, type StopReason, type Tally } from './tally.ts'
import { toTask, type Task } from './task.ts'

/** The most jobs that may wait for another try; then no new ones are started. */
const MAX_WAITING = 1_000

export interface RunParts {
  readonly rows: AsyncIterable<Row>
  readonly oidPartner: string
  readonly processor: UnbindProcessor
  readonly ledger: Ledger
  readonly results: Results
  readonly pacer: Pacer
  readonly tally: Tally
  readonly concurrency: number
  /** How often a job is tried before it is given up for this run. */
  readonly tries: number
  /** The number of failures that ends the run. */
  readonly maxFailures: number
  /** Outcomes of earlier runs that are not accepted: their jobs are tried again. */
  readonly again: readonly Outcome[]
  /** Aborted when no new job is to be started; those in flight are finished. */
  readonly signal: AbortSignal
  /** What the waiting is measured with; the machine's own clock where it is left out. */
  readonly clock?: Clock
  /** The time of day that outcomes are recorded with. */
  readonly time?: () => number
}

class Run {
  readonly #parts: RunParts
  readonly #rows: AsyncIterator<Row>
  readonly #clock: Clock
  readonly #waiting: WaitingRoom<Task>
  readonly #breaker: Breaker
  readonly #stopped = new AbortController()
  #isExhausted = false
  #isReading = false
  #reading: Promise<unknown> = Promise.resolve()
  #failure: unknown

  constructor(parts: RunParts) {
    this.#parts = parts
    this.#clock = parts.clock ?? systemClock
    this.#waiting = new WaitingRoom(this.#clock)
    this.#rows = parts.rows[Symbol.asyncIterator]()
    this.#breaker = new Breaker(parts.concurrency)
    // Every worker may wait on it at the same time, which Node takes for a leak above ten.
    setMaxListeners(0, this.#stopped.signal)
    parts.signal.addEventListener('abort', () => this.#stop('interrupted'), { once: true })
    if (parts.signal.aborted) this.#stop('interrupted')
  }

  async run(): Promise<void> {
    const { concurrency, tally } = this.#parts
    await Promise.all(Array.from({ length: concurrency }, () => this.#work()))
    for (const task of this.#waiting.empty()) this.#leave(task)
    tally.waiting = 0
    // An interrupt while the last cards were in flight has stopped nothing.
    const isWhole = tally.left === 0 && (this.#isExhausted || countNotStarted(tally) === 0)
    if (isWhole && (tally.stop === 'interrupted' || tally.stop === 'reader-left')) {
      tally.stop = undefined
    }
    // A row that is still to come is not waited for.
    if (!this.#isReading) await this.#rows.return?.()
    if (this.#failure !== undefined) throw this.#failure
  }

  #stop(reason: StopReason, code?: string): void {
    noteStop(this.#parts.tally, reason, code)
    this.#stopped.abort()
  }

  async #work(): Promise<void> {
    try {
      for (let task = await this.#next(); task !== undefined; task = await this.#next()) {
        await this.#attempt(task)
      }
    } catch (error) {
      this.#fail(error)
    }
  }

  async #attempt(task: Task): Promise<void> {
    const { tally } = this.#parts
    tally.inFlight += 1
    try {
      await this.#carryOut(task)
    } catch (error) {
      this.#fail(error)
      if (!task.isRecorded) this.#leave(task)
    } finally {
      tally.inFlight -= 1
    }
  }

  /** Begins nothing more: the file, the ledger or the results are broken. */
  #fail(error: unknown): void {
    this.#failure ??= error
    this.#stopped.abort()
  }

  /** The next task to begin; `undefined` where there is none, or none is to be begun. */
  async #next(): Promise<Task | undefined> {
    const { signal } = this.#stopped
    for (;;) {
      const task = this.#takeWaiting() ?? (await this.#read())
      if (task !== undefined) {
        await this.#parts.pacer.turn(signal)
        if (!signal.aborted) return task
        if (task.tries === 0) this.#parts.tally.untouched += 1
        this.#leave(task)
        return undefined
      }
      if (signal.aborted || this.#waiting.size === 0) return undefined
      await this.#clock.sleep(this.#waiting.untilDue(), signal)
    }
  }

  #takeWaiting(): Task | undefined {
    const task = this.#waiting.take()
    this.#parts.tally.waiting = this.#waiting.size
    return task
  }

  /** Reads the next task that is to be done, one reader at a time. */
  #read(): Promise<Task | undefined> {
    const mine = this.#reading.then(() => this.#readOne())
    this.#reading = mine.catch(() => undefined)
    return mine
  }

  async #readOne(): Promise<Task | undefined> {
    const { tally, ledger, oidPartner } = this.#parts
    while (!this.#isExhausted && !this.#stopped.signal.aborted) {
      if (this.#waiting.size >= MAX_WAITING) return undefined
      const row = await this.#nextRow()
      if (row === undefined) return undefined
      if (row.done === true) {
        this.#isExhausted = true
        return undefined
      }
      tally.rows += 1
      tally.bytes = row.value.bytes
      const task = toTask(row.value, { jobKey: ledger.jobKey, oidPartner })
      if (this.#isToBeDone(task.id)) return task
    }
    return undefined
  }

  /** The next row; `undefined` where the run is stopped before it comes. */
  #nextRow(): Promise<IteratorResult<Row> | undefined> {
    const { signal } = this.#stopped
    this.#isReading = true
    return new Promise((resolve, reject) => {
      const stop = () => resolve(undefined)
      signal.addEventListener('abort', stop, { once: true })
      void this.#rows
        .next()
        .then(resolve, reject)
        .finally(() => {
          this.#isReading = false
          signal.removeEventListener('abort', stop)
        })
    })
  }

  #isToBeDone(id: string): boolean {
    const { tally, ledger, again } = this.#parts
    if (!ledger.meet(id)) {
      tally.duplicates += 1
      return false
    }
    const outcome = ledger.outcomeOf(id)
    if (outcome === undefined || again.includes(outcome)) return true
    tally.earlier[outcome] += 1
    this.#count(id, outcome)
    return false
  }

  /** Counts what an outcome alone does not say. */
  #count(id: string, outcome: Outcome): void {
    const { tally, ledger } = this.#parts
    if (ledger.isUndecided(id)) tally.undecided += 1
    if (outcome === 'refused' && ledger.wasSent(id)) tally.refusedAfterSending += 1
  }

  async #carryOut(task: Task): Promise<void> {
    const { job, id: jobId, issues } = task
    task.tries += 1
    if (job === undefined) {
      await this.#settle(task, { outcome: 'refused', code: 'ERR_PARAMETER_INVALID', issues })
      return
    }
    await this.#judge(task, await this.#parts.processor.process(job, { jobId }))
  }

  async #judge(task: Task, verdict: JobOutcome): Promise<void> {
    if (verdict.outcome === 'retry') {
      await this.#tryAgain(task, verdict)
      return
    }
    this.#breaker.succeed()
    const stop = verdict.outcome === 'unknown' && verdict.stop
    if (stop) this.#stop('untrusted', verdict.code)
    await this.#settle(task, toFacts(verdict))
  }

  async #tryAgain(task: Task, verdict: Extract<JobOutcome, { outcome: 'retry' }>): Promise<void> {
    const { tally, tries, ledger, pacer } = this.#parts
    const { code, returnCode, delayMs } = verdict
    pacer.hold(this.#breaker.fail())
    if (verdict.stop)
      this.#stop(returnCode === undefined ? 'setup' : 'merchant', returnCode ?? code)
    if (task.tries < tries && !verdict.stop) {
      tally.retries += 1
      this.#waiting.add(task, delayMs)
      tally.waiting = this.#waiting.size
      return
    }
    if (ledger.wasSent(task.id) && !verdict.stop) {
      await this.#settle(task, { outcome: 'unknown', code })
      return
    }
    this.#leave(task)
  }

  /** Leaves a job to another run. */
  #leave({ id }: Task): void {
    const { tally, ledger } = this.#parts
    tally.left += 1
    if (ledger.wasSent(id)) tally.inDoubt += 1
  }

  /** Writes down what a job has ended with, and tells it then. */
  async #settle(task: Task, facts: Facts): Promise<void> {
    const { id, line, job } = task
    const { ledger, results, tally, maxFailures, time = Date.now } = this.#parts
    const ref = job?.ref === undefined ? {} : { ref: job.ref }
    const record: OutcomeRecord = {
      at: time(),
      event: 'outcome',
      job: id,
      line,
      ...ref,
      ...facts,
    }
    await ledger.record(record)
    task.isRecorded = true
    tally.outcomes[facts.outcome] += 1
    this.#count(id, facts.outcome)
    if (failures(tally) >= maxFailures) this.#stop('max-failures')
    if (!(await results.tell(record))) this.#stop('reader-left')
  }
}

type Facts = Omit<OutcomeRecord, 'at' | 'event' | 'job' | 'line' | 'ref'>

const FACTS = ['evidence', 'queried', 'undecided', 'code', 'returnCode', 'category', 'payType']

/** What is written of an outcome. */
function toFacts({ outcome, ...verdict }: Exclude<JobOutcome, { outcome: 'retry' }>): Facts {
  const facts = Object.entries(verdict).filter(([name]) => FACTS.includes(name))
  return { outcome, ...Object.fromEntries(facts) }
}

/**
 * Processes the jobs of a file, several at a time, until the file ends or the run is stopped.
 *
 * @throws what reading the file, writing the ledger and telling the results throw; jobs in flight are
 *   brought to their end before.
 */
export async function runJobs(parts: RunParts): Promise<void> {
  await new Run(parts).run()
}
