/** A clock that stands still until a test moves it. */
export interface ManualClock {
  now(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Lets time pass, and wakes everybody whose time has come. */
  elapse(ms: number): void
}

/** Starts a clock at zero: a deadline passes when the test says so, behind the event it waits for. */
export function manualClock(): ManualClock {
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>()
  let time = 0
  return {
    now: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve()
        const sleeper = { at: time + ms, wake: resolve }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper)
          resolve()
        })
      }),
    elapse(ms) {
      time += ms
      for (const sleeper of sleepers) {
        if (sleeper.at > time) continue
        sleepers.delete(sleeper)
        sleeper.wake()
      }
    },
  }
}
