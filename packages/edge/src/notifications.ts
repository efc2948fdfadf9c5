/**
 * Receive LianLian's notifications: verified, acknowledged, delivered once.
 *
 * @module @llpay/edge/notifications
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
export { createSeenTable, d1Seen } from './notifications/d1-seen.ts'
export type { D1Like, D1StatementLike } from './queues/d1-marks.ts'
