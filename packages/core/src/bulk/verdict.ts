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

/** It is not bound for any product that could be queried, and nothing was sent. */
export interface NotBound extends Told {
  readonly outcome: 'not-bound'
  /** What proves it: the weakest of the lists that were queried. */
  readonly evidence: Exclude<Evidence, 'signed-reply'>
  /** The products (`pay_type`) whose lists said that the agreement is absent. */
  readonly queried: readonly string[]
  /** The products that the merchant, or the list, does not have: no list says anything of them. */
  readonly undecided: readonly string[]
  /**
   * Whether the marks say that nothing was ever sent for this job. Without marks an earlier delivery
   * of it may have unbound the card.
   */
  readonly neverSent: boolean
}

/** LianLian refused it, or it is no job: it will not be carried out as it stands. */
export interface Refused extends Told {
  readonly outcome: 'refused'
  readonly code: string
  readonly returnCode?: string
  readonly category?: string
  /** The product under which the card is bound, where that is why. */
  readonly payType?: string
}

/** Nothing is decided: try again after `delayMs` milliseconds, five minutes at most. */
export interface Retry extends Told {
  readonly outcome: 'retry'
  readonly delayMs: number
  readonly code: string
  readonly returnCode?: string
  /** Whether every other job would end like this: keys, rights, address. Stop, and fix that first. */
  readonly stop: boolean
}

/** Nothing proves what became of the card: query the list before anything else. */
export interface Unknown extends Told {
  readonly outcome: 'unknown'
  readonly code: string
  /** Whether a reply is forged or a key is wrong: no other job may be trusted either. */
  readonly stop: boolean
  /** After so many tries a queue gave it up. */
  readonly tries?: number
}

/** What became of a job. */
export type Verdict = Unbound | NotBound | Refused | Retry | Unknown
