/**
 * Unbind many cards with BullMQ, whose queues are in Redis.
 *
 * @module @llpay/node/bullmq
 */
export { createUnbindHandler, type BullHandler, type BullJobLike } from './queues/bullmq.ts'
export { toBullJob, type BullJob } from './queues/bullmq.ts'
export { redisMarks, type RedisLike } from './queues/redis-marks.ts'
