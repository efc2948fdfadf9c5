/**
 * Time as a call sees it: its deadline, its backoff and the time it keeps for settlement. Supply one
 * to run a client on a virtual clock.
 */
export interface Clock {
  /** Milliseconds since any fixed moment. Never goes back: a monotonic clock, not the time of day. */
  now(): number
  /** Resolves after `ms` milliseconds, or as soon as the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** The longest delay of a timer; a longer one would fire at once. */
export const MAX_TIMER_MS = 2_147_483_647

/** The clock of the runtime. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve()
        return
      }
      const timer = setTimeout(done, Math.min(ms, MAX_TIMER_MS))
      function done() {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      signal?.addEventListener('abort', done, { once: true })
    }),
}

/** Sleeps no longer than the signal allows, also on a clock that ignores the signal or rejects on it. */
export function sleepUntil(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const wake = () => {
      signal.removeEventListener('abort', wake)
      resolve()
    }
    if (signal.aborted) return wake()
    signal.addEventListener('abort', wake, { once: true })
    const fail = (error: unknown) => (signal.aborted ? wake() : reject(error))
    return void clock.sleep(ms, signal).then(wake, fail)
  })
}
