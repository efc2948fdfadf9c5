/**
 * Unbinding of many cards: what a job is, and what becomes of it. Runners and queues are built on it.
 *
 * @module @llpay/core/bulk
 */
export { checkJob, describeJobIssue } from './check-job.ts'
export {
  createDelivery,
  type Delivery,
  type DeliveryOptions,
  type Ending,
} from './create-delivery.ts'
export { createJobIds, type JobIds } from './create-job-ids.ts'
export {
  createUnbindProcessor,
  type ProcessOptions,
  type ProcessorOptions,
  type UnbindProcessor,
} from './create-unbind-processor.ts'
export { jobIdBytes } from './job-id-bytes.ts'
export type { FinalOutcome, SentMarks } from './sent-marks.ts'
export type { UnbindJob } from './unbind-job.ts'
export type { NotBound, Refused, Retry, Unbound, Unknown, Verdict } from './verdict.ts'
