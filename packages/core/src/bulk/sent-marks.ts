/**
 * A durable record of the jobs for which something may have been sent: a ledger, or a table of the
 * caller's. A job without a mark was never sent.
 */
export interface SentMarks {
  has(jobId: string): Promise<boolean>
  /** Must be durable when it resolves: the request is sent right after. */
  add(jobId: string): Promise<void>
}
