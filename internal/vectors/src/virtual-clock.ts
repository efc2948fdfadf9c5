interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/** A clock without a timer. Whenever nothing else is left to run, it jumps to its next sleeper. */
export interface VirtualClock {
  now(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Starts a virtual clock at zero. */
export function virtualClock(): VirtualClock {
  const sleepers = new Set<Sleeper>()
  let time = 0
  let isScheduled = false
  function jump() {
    isScheduled = false
    const [next] = [...sleepers].toSorted((left, right) => left.at - right.at)
    if (next === undefined) return
    time = Math.max(time, next.at)
    sleepers.delete(next)
    next.wake()
    schedule()
  }
  // Behind everything that is ready: promises, I/O that has arrived.
  function schedule() {
    if (isScheduled || sleepers.size === 0) return
    isScheduled = true
    setImmediate(jump)
  }
  return {
    now: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve()
        const sleeper = { at: time + ms, wake: resolve }
        const abort = () => {
          sleepers.delete(sleeper)
          resolve()
        }
        signal?.addEventListener('abort', abort, { once: true })
        sleepers.add(sleeper)
        return schedule()
      }),
  }
}
