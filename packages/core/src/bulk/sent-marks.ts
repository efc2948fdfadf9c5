import type { NotBound, Refused, Unbound, Unknown } from './verdict.ts'

/** What a job ended with for good: every outcome but `retry`. */
export type FinalOutcome = Unbound | NotBound | Refused | Unknown

/**
 * A durable record of the jobs for which something may have been sent, and of what jobs ended with: a
 * ledger, or two tables of the caller's. A job without a mark was never sent.
 */
export interface SentMarks {
  /** Whether a job has a mark. */
  has(jobId: string): Promise<boolean>
  /**
   * Marks a job, unless an outcome is kept for it. Must be durable when it resolves: the request is
   * sent right after.
   *
   * @returns `false` where an outcome is kept: then nothing is sent.
   */
  add(jobId: string): Promise<unknown>
  /** The outcome that is kept for a job, as `keepOutcome` was given it; `undefined` while there is none. */
  outcomeOf(jobId: string): Promise<string | undefined>
  /**
   * Keeps the outcome of a job, unless one is kept already: the first stays. Must be durable when it
   * resolves, since callbacks hear of the outcome right after. Of `add` and `keepOutcome` for one job,
   * one must be done before the other begins, whichever workers call them.
   *
   * @param outcome a text of up to about 500 characters, which names no card and no customer.
   * @param unlessSent keeps nothing where the job has a mark: the outcome says that nothing was sent.
   * @returns the outcome that is kept; `undefined` where none is, because the job has a mark.
   */
  keepOutcome(jobId: string, outcome: string, unlessSent: boolean): Promise<string | undefined>
}

const FINAL = ['unbound', 'not-bound', 'refused', 'unknown']

function read(text: string): FinalOutcome {
  const outcome: FinalOutcome = JSON.parse(text)
  if (!FINAL.includes(outcome.outcome)) throw new TypeError('The store of marks holds no outcome.')
  return outcome
}

function write(outcome: FinalOutcome): string {
  const { jobId: _, ref: __, ...facts } = outcome
  return JSON.stringify(facts)
}

/** The outcome that was kept for a job, in this process or another. */
export async function recallOutcome(
  marks: SentMarks | undefined,
  jobId: string,
): Promise<FinalOutcome | undefined> {
  // JavaScript may bring a store that keeps marks alone.
  const text = await marks?.outcomeOf?.(jobId)
  return text === undefined || text === null ? undefined : read(text)
}

/**
 * Keeps the outcome of a job before anybody hears of it.
 *
 * @returns the outcome to report: the one that was kept first.
 */
export async function keepOutcome(
  marks: SentMarks | undefined,
  jobId: string,
  outcome: FinalOutcome,
): Promise<FinalOutcome> {
  const kept = await marks?.keepOutcome?.(jobId, write(outcome), false)
  return kept === undefined ? outcome : read(kept)
}

/**
 * Keeps an outcome that says that nothing was sent.
 *
 * @returns the outcome to report; `undefined` where a worker, this or another, has marked the job.
 */
export async function keepUnlessSent(
  marks: SentMarks | undefined,
  jobId: string,
  outcome: FinalOutcome,
): Promise<FinalOutcome | undefined> {
  if (marks === undefined) return outcome
  if (await marks.has(jobId)) return undefined
  if (marks.keepOutcome === undefined) return outcome
  const kept = await marks.keepOutcome(jobId, write(outcome), true)
  return kept === undefined ? undefined : read(kept)
}
