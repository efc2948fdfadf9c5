import { type Clock, systemClock } from '../client/clock.ts'

/** What a claim found. */
export type SeenClaim =
  /** No one has delivered it, or a lease has expired: deliver it under this token. */
  | { readonly status: 'new'; readonly token: string }
  /** `busy`: it is being delivered under a lease; `done`: it was delivered. */
  | { readonly status: 'busy' | 'done' }

/**
 * Remembers which notifications were delivered. `redisSeen`, `postgresSeen` and `d1Seen` are durable; write
 * one for your own database in the same way: each method is one atomic step.
 */
export interface SeenStore {
  /**
   * Claims a notification for one delivery.
   *
   * @param key what it is deduplicated by: its kind, the merchant number, LianLian's number, the result.
   * @param leaseMs how long the claim holds, in milliseconds. After that, another delivery may claim it.
   */
  claim(key: string, leaseMs: number): Promise<SeenClaim>
  /**
   * Marks a notification as delivered, permanently.
   *
   * @returns `false` if the lease of this token has ended and another claim has replaced it: nothing is
   *   marked then.
   */
  done(key: string, token: string): Promise<boolean>
  /** Gives a claim back after a delivery that failed; a claim of another token stays. */
  release(key: string, token: string): Promise<void>
}

/** What `memorySeen` takes. */
export interface MemorySeenOptions {
  /** The clock of the leases (default: the runtime's). */
  readonly clock?: Clock | undefined
}

/**
 * Remembers notifications in memory: for tests, and for nothing else. A restart forgets them, and another
 * process does not see them, so that a repeat is delivered again.
 *
 * @example
 * import { memorySeen } from '@llpay/node'
 * const seen = memorySeen()
 * console.log((await seen.claim('payment:201304121000001004:1:SUCCESS', 110_000)).status) // new
 */
export function memorySeen({ clock = systemClock }: MemorySeenOptions = {}): SeenStore {
  const delivered = new Set<string>()
  const leases = new Map<string, { token: string; until: number }>()
  let claims = 0
  return {
    async claim(key, leaseMs) {
      if (delivered.has(key)) return { status: 'done' }
      if ((leases.get(key)?.until ?? -Infinity) > clock.now()) return { status: 'busy' }
      claims += 1
      const token = String(claims)
      leases.set(key, { token, until: clock.now() + leaseMs })
      return { status: 'new', token }
    },
    async done(key, token) {
      if (delivered.has(key) || leases.get(key)?.token !== token) return false
      leases.delete(key)
      delivered.add(key)
      return true
    },
    async release(key, token) {
      if (leases.get(key)?.token === token) leases.delete(key)
    },
  }
}
