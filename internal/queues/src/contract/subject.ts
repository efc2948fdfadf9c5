import type { SentMarks, UnbindProcessor, JobOutcome } from '@llpay/core/bulk'
import type { SeenStore } from '@llpay/core/notifications'

/** A job to make others from. */
export const GOOD_JOB = { user_id: '1', no_agree: '2014031710002121', pay_type: 'D' }

/** What is added to a queue: also what is not a job. */
export interface Added {
  readonly id: string
  readonly data: object
}

/** How a job ended, as the queue keeps it. */
export interface Kept {
  readonly end: 'done' | 'failed'
  readonly verdict: unknown
}

/** What a queue and its worker are opened for. */
export interface Stage {
  readonly gatewayUrl: string
}

/** A real queue with a worker of ours. */
export interface OpenQueue extends AsyncDisposable {
  /** The marks of its worker, in a store that an earlier version has used. */
  readonly marks: SentMarks
  /** What remembers notifications in the same database. */
  readonly seen: SeenStore
  add(jobs: readonly Added[]): Promise<void>
  /** How a job ended, once it did. */
  kept(job: Added): Promise<Kept | undefined>
  /** Whether the queue's own means have stopped the worker. */
  isStopped(): Promise<boolean>
}

/** A queue that keeps the contract. */
export interface Subject {
  readonly name: string
  /** Whether the queue leaves out a job whose id it knows. */
  readonly deduplicates: boolean
  /** Opens a fresh queue; nothing where its server is not installed. */
  open(stage: Stage): Promise<OpenQueue | undefined>
}

/** The product of all of its cards. */
export const PAY_TYPE = 'D'
/** The key of the job ids. */
export const JOB_ID_KEY = new Uint8Array(32).fill(7)
/** How many deliveries a job has in the suite. */
export const MAX_TRIES = 3
/** So long a job waits in the suite before it comes again. */
export const DELAY_MS = 2000

const hurry = (verdict: JobOutcome): JobOutcome =>
  verdict.outcome === 'retry' ? { ...verdict, delayMs: DELAY_MS } : verdict

/** The processor with a short delay: what is proven is that the queue keeps to it. */
export const hurried = (processor: UnbindProcessor): UnbindProcessor => ({
  ...processor,
  process: async (job, options) => hurry(await processor.process(job, options)),
})
