import { setTimeout as delay } from 'node:timers/promises'

/** The longest time that a timer of the platform can wait; a longer one would end at once. */
const MOST_MS = 2 ** 31 - 1

/** What time is taken from. */
export interface Clock {
  /** Milliseconds that only ever grow; they say nothing of the time of day. */
  now(): number
  /** Resolves after so many milliseconds, or as soon as the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** The clock of this machine. */
export const realClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    delay(Math.min(Math.max(0, ms), MOST_MS), undefined, { signal }).catch(() => undefined),
}
