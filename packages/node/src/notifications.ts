/**
 * Receive LianLian's notifications: verified, acknowledged, delivered once.
 *
 * @module @llpay/node/notifications
 */
export {
  compareMoney,
  memorySeen,
  type ExpectedRecord,
  type HandlerContext,
  type MemorySeenOptions,
  type NotificationHandler,
  type NotificationHandling,
  type NotificationKind,
  type NotificationOf,
  NOTIFICATIONS,
  type KindDefinition,
  type SeenClaim,
  type SeenStore,
} from '@llpay/core/notifications'

export {
  createNotificationHandler,
  verifyNotification,
  type NotificationConfig,
  type NotificationKeys,
} from './notifications/receive.ts'
export { toNodeListener, type NodeListener } from './notifications/to-node-listener.ts'
export { createSeenTable, postgresSeen } from './notifications/postgres-seen.ts'
export { redisSeen, type RedisCommandsLike } from './notifications/redis-seen.ts'
export type { PostgresLike } from './queues/postgres-marks.ts'
