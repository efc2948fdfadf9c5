import type {
  NotificationDelivery,
  NotificationFault,
  NotificationRequest,
  SandboxNotification,
} from '@llpay/sandbox'

/** A notification of the sandbox, and how it is sent. */
export type { NotificationDelivery, NotificationFault, NotificationRequest, SandboxNotification }
