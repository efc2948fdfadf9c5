import type { Evidence } from '../client/reply.ts'

interface Told {
  /** See `createJobIds`; missing where there was no job to tell of. */
  readonly jobId?: string
  /** The caller's own reference, as the job had it. */
  readonly ref?: string
}

/** It is gone, and this is the proof. */
export interface Unbound extends Told {
  readonly outcome: 'unbound'
  readonly evidence: Evidence
}

/** It is not bound, under no product, and nothing was sent. */
export interface NotBound extends Told {
  readonly outcome: 'not-bound'
  readonly evidence: Exclude<Evidence, 'signed-reply'>
  /**
   * Whether the marks say that nothing was ever sent for this job. Without marks an earlier delivery
   * of it may have unbound the card.
   */
  readonly neverSent: boolean
}

/** It will not be carried out as it stands. */
export interface Refused extends Told {
  readonly outcome: 'refused'
  readonly code: string
  readonly returnCode?: string
  readonly category?: string
  /** The product under which the card is bound, where that is why. */
  readonly payType?: string
}

/** Nothing is decided: try again, after so many milliseconds. */
export interface Retry extends Told {
  readonly outcome: 'retry'
  readonly delayMs: number
  readonly code: string
  readonly returnCode?: string
  /** Whether every other job would end like this: keys, rights, address. Stop, and mend that first. */
  readonly stop: boolean
}

/** Nothing proves what became of the card: stop, and look. */
export interface Unknown extends Told {
  readonly outcome: 'unknown'
  readonly code: string
  /** Whether somebody lies or a key is wrong: no other job may be trusted either. */
  readonly stop: boolean
  /** After so many tries a queue gave it up. */
  readonly tries?: number
}

/** What became of a job. */
export type Verdict = Unbound | NotBound | Refused | Retry | Unknown
