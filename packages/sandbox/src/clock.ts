import type { Clock } from '@llpay/core'
import { systemClock } from '@llpay/core/adapter'

/** The machine's clock, with the time of day. */
export const machineClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => systemClock.sleep(ms, signal),
}

/** Shorter waits are backoff and slow replies, longer ones are deadlines. */
const NO_TIME_BELOW_MS = 5_000

/** A clock for tests that need no real time. */
export interface TestClock extends Clock {
  /** Lets time pass; a long wait that is over by then ends. */
  elapse(ms: number): void
}

/**
 * Creates a clock for a client and a sandbox on which backoff and slow replies take no real time: a
 * wait below 5 seconds moves the clock and ends at once. A longer one, such as the deadline of a
 * call, ends when the clock was moved that far, by short waits or by `elapse`.
 *
 * @example
 * import { createTestClock } from '@llpay/sandbox'
 * import { startSandbox } from '@llpay/sandbox/node'
 * await using sandbox = await startSandbox({ clock: createTestClock() })
 * sandbox.state.play('slow:3000')
 */
export function createTestClock(): TestClock {
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>()
  let time = 0
  function elapse(ms: number): void {
    time += ms
    for (const { until, wake } of sleepers) if (until <= time) wake()
  }
  const sleepLong = (ms: number, signal: AbortSignal | undefined) =>
    new Promise<void>((resolve) => {
      const sleeper = { until: time + ms, wake }
      function wake() {
        sleepers.delete(sleeper)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      sleepers.add(sleeper)
      signal?.addEventListener('abort', wake)
    })
  return {
    now: () => time,
    elapse,
    async sleep(ms, signal) {
      if (signal?.aborted === true) return
      if (ms >= NO_TIME_BELOW_MS) await sleepLong(ms, signal)
      else elapse(ms)
    },
  }
}
