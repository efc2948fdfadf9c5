import { setTimeout as delay } from 'node:timers/promises'

/** A promise that somebody else settles. */
export interface Deferred {
  readonly promise: Promise<void>
  readonly resolve: () => void
}

/** Makes a promise for a test to resolve: `Promise.withResolvers`, which Node 20 lacks. */
export function deferred(): Deferred {
  const waiting: (() => void)[] = []
  const promise = new Promise<void>((resolve) => {
    waiting.push(resolve)
  })
  return { promise, resolve: () => waiting[0]?.() }
}

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

/** How much faster a campaign's clock runs: backoff and settlement delays cost time and prove nothing. */
const PACE = 50

/** A clock that runs faster than the machine's. */
export const fastClock: VirtualClock = {
  now: () => performance.now() * PACE,
  sleep: (ms, signal) => delay(ms / PACE, undefined, { signal }).catch(() => undefined),
}

/** What a time of the machine's clock is on the fast one. */
export const fastMs = (ms: number): number => ms * PACE
