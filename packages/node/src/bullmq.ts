/**
 * Unbinding of many cards by way of BullMQ, whose queues are in Redis.
 *
 * @module @llpay/node/bullmq
 */
export { createUnbindHandler, type BullHandler, type BullJobLike } from './queues/bullmq-handler.ts'
export { toBullJob, type BullJob } from './queues/bullmq-job.ts'
export { redisMarks, type RedisLike } from './queues/redis-marks.ts'
