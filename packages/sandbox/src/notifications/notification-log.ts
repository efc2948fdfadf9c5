import type { NotificationKind } from '@llpay/core/notifications'

import type { NotificationDelivery } from './deliver.ts'
import type { NotificationFault } from './faults.ts'

/** A notification that the sandbox sends. */
export interface SandboxNotification {
  readonly id: number
  readonly kind: NotificationKind
  readonly url: string
  /** The members as they are sent, with `sign`. */
  readonly members: Readonly<Record<string, string>>
  readonly fault?: NotificationFault
  /** `given-up`: it was not acknowledged, and is not delivered again. */
  readonly state: 'pending' | 'acknowledged' | 'given-up'
  /** Every delivery, oldest first. */
  readonly deliveries: readonly NotificationDelivery[]
}

/** A notification that is being sent. */
export interface OpenNotification {
  notification: SandboxNotification
  readonly body: string
  readonly repeat: boolean
}

/** How many notifications are kept. */
const KEPT = 200

/**
 * The newest 200 notifications. Each change has a revision, so that a reader who is slow sees the latest state of
 * each, without a buffer.
 */
export class NotificationLog {
  readonly #kept = new Map<number, OpenNotification>()
  readonly #revisions = new Map<number, number>()
  readonly #listeners = new Set<() => void>()
  #revision = 0

  /** How many changes there were. */
  get revision(): number {
    return this.#revision
  }

  /** How many notifications are kept. */
  get size(): number {
    return this.#kept.size
  }

  find(id: number): OpenNotification | undefined {
    return this.#kept.get(id)
  }

  /** Every notification, oldest first. */
  list(): SandboxNotification[] {
    return Array.from(this.#kept.values(), ({ notification }) => notification)
  }

  add(open: OpenNotification): void {
    this.#kept.set(open.notification.id, open)
    for (const id of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break
      this.#kept.delete(id)
      this.#revisions.delete(id)
    }
    this.#note(open)
  }

  change(open: OpenNotification, changes: Partial<SandboxNotification>): void {
    open.notification = { ...open.notification, ...changes }
    this.#note(open)
  }

  /** Forgets every notification. */
  clear(): void {
    this.#kept.clear()
    this.#revisions.clear()
  }

  /** The notification that was changed first behind a revision. */
  next(after: number): { revision: number; notification: SandboxNotification } | undefined {
    for (const [id, revision] of this.#revisions) {
      const open = this.#kept.get(id)
      if (revision > after && open !== undefined)
        return { revision, notification: open.notification }
    }
    return undefined
  }

  /** Calls back after each change; returns what stops that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #note({ notification: { id } }: OpenNotification): void {
    if (!this.#kept.has(id)) return
    this.#revision += 1
    // Taken out first, so that the map stays in the order of the revisions.
    this.#revisions.delete(id)
    this.#revisions.set(id, this.#revision)
    for (const listener of this.#listeners) listener()
  }
}
