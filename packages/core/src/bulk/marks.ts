import type { NotBound, Refused, Unbound, Unknown } from './outcome.ts'

/** A job's final outcome: every outcome except `retry`. */
export type FinalOutcome = Unbound | NotBound | Refused | Unknown

/**
 * A durable record of how often something may have been sent for a job, and of its final outcome: a
 * ledger, or a table of yours. A job without a mark was never sent. For one job, `add` and `keepOutcome`
 * must be atomic, whichever workers call them.
 */
export interface SentMarks {
  /** Whether a job has a mark: something may have been sent for it. */
  has(jobId: string): Promise<boolean>
  /**
   * Counts one more request for a job, unless an outcome is kept for it. Must be durable when it
   * resolves: the request is sent right after.
   *
   * @returns how many were counted for this job by all workers, this one included; `false` if an outcome
   *   is kept: then nothing is counted or sent.
   */
  add(jobId: string): Promise<number | false>
  /** The outcome kept for a job, as passed to `keepOutcome`; `undefined` while there is none. */
  outcomeOf(jobId: string): Promise<string | undefined>
  /**
   * Keeps the outcome of a job, unless one is kept already: the first stays. Must be durable when it
   * resolves: callbacks receive the outcome right after.
   *
   * @param outcome a text of up to about 500 characters, which names no card and no customer.
   * @param sends if set, keeps the outcome only while exactly this many requests are counted: it states
   *   that none of them had an effect.
   * @returns the outcome that is kept; `undefined` if none is, because the count differs.
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
  // A store in JavaScript may keep marks alone.
  const text = await marks?.outcomeOf?.(jobId)
  return text === undefined || text === null ? undefined : read(text)
}

/**
 * Keeps the outcome of a job before it is reported.
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
 * Keeps an outcome that states that the job has unbound nothing: only if no other worker has sent it, and
 * none will.
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
  // A store in JavaScript may keep marks alone: at least the mark is read again.
  if (sends === 0 && (await marks.has(jobId))) return undefined
  if (marks.keepOutcome === undefined) return outcome
  const kept = await marks.keepOutcome(jobId, write(outcome), sends)
  return kept === undefined ? undefined : read(kept)
}
