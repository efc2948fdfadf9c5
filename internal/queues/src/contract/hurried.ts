import type { UnbindProcessor, JobOutcome } from '@llpay/core/bulk'

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
