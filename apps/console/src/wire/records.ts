import type {
  JournalEntry,
  NotificationDelivery,
  NotificationFault,
  NotificationRequest,
  SandboxNotification,
} from '@llpay/sandbox'

/** A request that arrived at the sandbox: an entry of its journal. */
export type { JournalEntry }

/** One step of the gate, as the sandbox reports it. */
export type EntryCheck = JournalEntry['checks'][number]

/** A notification of the sandbox, and how it is sent. */
export type { NotificationDelivery, NotificationFault, NotificationRequest, SandboxNotification }
