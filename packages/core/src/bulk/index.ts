/**
 * Unbinding of many cards: what a job is, and what becomes of it. Runners and queues are built on it.
 *
 * @module @llpay/core/bulk
 */
export {
  createDelivery,
  type Delivery,
  type DeliveryEnd,
  type DeliveryOptions,
  type Ending,
} from './delivery.ts'
export {
  checkJob,
  createJobIds,
  describeJobIssue,
  jobIdBytes,
  type JobIds,
  type UnbindJob,
} from './job.ts'
export type { FinalOutcome, SentMarks } from './marks.ts'
export type { JobOutcome, NotBound, Refused, Retry, Unbound, Unknown, Verdict } from './outcome.ts'
export {
  createUnbindProcessor,
  type JobOptions,
  type ProcessOptions,
  type ProcessorOptions,
  type UnbindProcessor,
} from './processor.ts'
