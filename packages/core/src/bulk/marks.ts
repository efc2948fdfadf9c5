import type { NotBound, Refused, Unbound, Unknown } from './outcome.ts'

/** What a job ended with for good: every outcome but `retry`. */
export type FinalOutcome = Unbound | NotBound | Refused | Unknown

/**
 * A durable record of how often something may have been sent for a job, and of what jobs ended with: a
 * ledger, or a table of the caller's. A job without a mark was never sent. Of `add` and `keepOutcome` for
 * one job, each must be one step of the store: done before the other begins, whichever workers call them.
 */
export interface SentMarks {
  /** Whether a job has a mark: something may have been sent for it. */
  has(jobId: string): Promise<boolean>
  /**
   * Counts one more request that is sent for a job, unless an outcome is kept for it. Must be durable
   * when it resolves: the request is sent right after.
   *
   * @returns how many were counted for this job, by all workers, this one included; `false` where an
   *   outcome is kept: then nothing is counted or sent.
   */
  add(jobId: string): Promise<number | false>
  /** The outcome that is kept for a job, as `keepOutcome` was given it; `undefined` while there is none. */
  outcomeOf(jobId: string): Promise<string | undefined>
  /**
   * Keeps the outcome of a job, unless one is kept already: the first stays. Must be durable when it
   * resolves, since callbacks hear of the outcome right after.
   *
   * @param outcome a text of up to about 500 characters, which names no card and no customer.
   * @param sends where given, keeps the outcome only while exactly this many requests are counted: it says
   *   that none of them did anything.
   * @returns the outcome that is kept; `undefined` where none is, because the count is another one.
   */
  keepOutcome(jobId: string, outcome: string, sends?: number): Promise<string | undefined>
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
  const kept = await marks?.keepOutcome?.(jobId, write(outcome))
  return kept === undefined ? outcome : read(kept)
}

/**
 * Keeps an outcome that says that the job has unbound nothing: for good only if no other worker has sent
 * it, and none will.
 *
 * @param sends how many requests this delivery has counted.
 * @returns the outcome to report; `undefined` where another delivery has counted one.
 */
export async function keepDenial(
  marks: SentMarks | undefined,
  jobId: string,
  outcome: FinalOutcome,
  sends: number,
): Promise<FinalOutcome | undefined> {
  if (marks === undefined) return outcome
  // JavaScript may bring a store that keeps marks alone: the mark at least is read again.
  if (sends === 0 && (await marks.has(jobId))) return undefined
  if (marks.keepOutcome === undefined) return outcome
  const kept = await marks.keepOutcome(jobId, write(outcome), sends)
  return kept === undefined ? undefined : read(kept)
}
