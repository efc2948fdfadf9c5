/**
 * Notifications that LianLian sends: what they have, verifying them, and handling each once. `@llpay/node` and
 * `@llpay/edge` add the gateway key.
 *
 * @module @llpay/core/notifications
 */
export { checkHandling, checkNotificationConfig } from './check-handling.ts'
export { KIND_SUMMARIES, NOTIFICATION_MEMBERS } from './describe-notification.ts'
export {
  handleNotifications,
  type ExpectedRecord,
  type HandlerContext,
  type NotificationHandler,
  type NotificationHandling,
} from './handle-notifications.ts'
export {
  NOTIFICATIONS,
  type KindDefinition,
  type NotificationKind,
  type NotificationOf,
} from './kinds.ts'
export { compareMoney } from './money.ts'
export { readNotification, type ExpectedNotification } from './read-notification.ts'
export {
  handleWithKeys,
  type KeyedHandling,
  type OpenGatewayKeys,
  type VerificationKeys,
  verifyWithKeys,
} from './receive.ts'
export { memorySeen, type MemorySeenOptions, type SeenClaim, type SeenStore } from './seen-store.ts'
