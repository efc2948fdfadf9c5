/**
 * Unbinds many cards through Cloudflare Queues.
 *
 * @module @llpay/edge/queues
 */
export { createMarksTable, d1Marks, type D1Like, type D1StatementLike } from './queues/d1-marks.ts'
export {
  createUnbindHandler,
  toMessage,
  type FailedJob,
  type MessageBatchLike,
  type MessageLike,
  type QueueLike,
  type QueueOptions,
} from './queues/queue-handler.ts'
