import { draw, type Random, type Rows } from '@internal/testkit/random'
import type { Scheduler } from 'fast-check'

/** A timer of the simulated machine, as `setTimeout` returns it. */
class Timer {
  readonly due: number
  readonly order: number
  readonly run: () => void

  constructor(due: number, order: number, run: () => void) {
    this.due = due
    this.order = order
    this.run = run
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }
}

/** The wall clock at the beginning of every history. */
const WALL_START_MS = Date.UTC(2026, 0, 1)
/** How long time may run on while work is ready: mostly a moment. */
const PATIENCE: Rows<{ readonly ms: number }> = [
  { weight: 60, ms: 100 },
  { weight: 30, ms: 1_200 },
  { weight: 8, ms: 8_000 },
  { weight: 2, ms: 100_000 },
]
const STEP_MS = 2

/**
 * Virtual time. It passes as a task of the scheduler, one timer at a time and in their order, so that a
 * request may well be slower than a deadline, but no timer overtakes another.
 */
export class Clock {
  readonly #scheduler: Scheduler
  readonly #random: Random
  #timers: Timer[] = []
  #now = 0
  #wall = WALL_START_MS
  #order = 0
  #isTicking = false

  constructor(scheduler: Scheduler, random: Random) {
    this.#scheduler = scheduler
    this.#random = random
  }

  /** Milliseconds since the history began; they never go backwards. */
  get now(): number {
    return this.#now
  }

  /** What the wall clock shows. */
  get wall(): number {
    return this.#wall + this.#now
  }

  /** Sets the wall clock forward, or back. */
  stepWall(ms: number): void {
    this.#wall += ms
  }

  /** A step of a program takes a moment. */
  pass(): void {
    this.#now += STEP_MS
  }

  set(run: () => void, ms: number): Timer {
    this.#order += 1
    const timer = new Timer(this.#now + Math.max(0, ms), this.#order, run)
    const place = this.#timers.findIndex(({ due }) => due > timer.due)
    this.#timers.splice(place < 0 ? this.#timers.length : place, 0, timer)
    this.#tick()
    return timer
  }

  clear(timer: unknown): void {
    this.#timers = this.#timers.filter((each) => each !== timer)
  }

  /** Resolves after a while, or as soon as the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve()
        return
      }
      const wake = () => {
        this.clear(timer)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      const timer = this.set(wake, ms)
      signal?.addEventListener('abort', wake, { once: true })
    })
  }

  #tick(): void {
    if (this.#isTicking || this.#timers.length === 0) return
    this.#isTicking = true
    void this.#pass()
  }

  async #pass(): Promise<void> {
    await this.#scheduler.schedule(Promise.resolve(), 'time passes')
    this.#isTicking = false
    const [first] = this.#timers
    if (first !== undefined && this.#mayFire(first)) {
      this.#timers.shift()
      this.#now = Math.max(this.#now, first.due)
      first.run()
    }
    this.#tick()
  }

  #mayFire({ due }: Timer): boolean {
    const isIdle = this.#scheduler.count() === 0
    return isIdle || due - this.#now <= draw(PATIENCE, this.#random).ms
  }
}

type Replacement = readonly [holder: object, name: string, value: unknown]

/** Puts virtual time, and seeded chance, in place of the platform's while something runs. */
export async function withClock<T>(
  clock: Clock,
  random: Random,
  run: () => Promise<T>,
): Promise<T> {
  const replacements: readonly Replacement[] = [
    [globalThis, 'setTimeout', (callback: () => void, ms = 0) => clock.set(callback, ms)],
    [globalThis, 'clearTimeout', (timer: unknown) => clock.clear(timer)],
    [Date, 'now', () => clock.wall],
    [performance, 'now', () => clock.now],
    [Math, 'random', random],
  ]
  const originals = replacements.map(([holder, name]) =>
    Object.getOwnPropertyDescriptor(holder, name),
  )
  for (const [holder, name, value] of replacements) {
    Object.defineProperty(holder, name, { value, configurable: true, writable: true })
  }
  try {
    return await run()
  } finally {
    for (const [index, [holder, name]] of replacements.entries()) {
      const original = originals[index]
      if (original === undefined) Reflect.deleteProperty(holder, name)
      else Object.defineProperty(holder, name, original)
    }
  }
}
