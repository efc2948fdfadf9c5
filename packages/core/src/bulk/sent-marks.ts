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
  /** Marks a job. Must be durable when it resolves: the request is sent right after. */
  add(jobId: string): Promise<void>
  /** The outcome that is kept for a job, as `keepOutcome` was given it; `undefined` while there is none. */
  outcomeOf(jobId: string): Promise<string | undefined>
  /**
   * Keeps the outcome of a job, unless one is kept already: the first stays. Must be durable when it
   * resolves, since callbacks hear of the outcome right after. A job without a mark may have an outcome.
   *
   * @param outcome a text of up to about 500 characters, which names no card and no customer.
   * @returns the outcome that is kept.
   */
  keepOutcome(jobId: string, outcome: string): Promise<string>
}

const FINAL = ['unbound', 'not-bound', 'refused', 'unknown']

function read(text: string): FinalOutcome {
  const outcome: FinalOutcome = JSON.parse(text)
  if (!FINAL.includes(outcome.outcome)) throw new TypeError('The store of marks holds no outcome.')
  return outcome
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
  const { jobId: _, ref: __, ...facts } = outcome
  const kept = await marks?.keepOutcome?.(jobId, JSON.stringify(facts))
  return kept === undefined ? outcome : read(kept)
}
