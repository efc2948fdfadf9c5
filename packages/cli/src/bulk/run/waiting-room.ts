import type { Clock } from '@llpay/core'

/** No delay is longer, whatever a gateway asks for. */
const MOST_MS = 300_000

/** Holds what is to be tried again later; it is small, and sorted by time. */
export class WaitingRoom<T> {
  readonly #clock: Clock
  readonly #waiting: { readonly item: T; readonly due: number }[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get size(): number {
    return this.#waiting.length
  }

  add(item: T, delayMs: number): void {
    const due = this.#clock.now() + Math.min(Math.max(0, delayMs), MOST_MS)
    const place = this.#waiting.findIndex((other) => other.due > due)
    this.#waiting.splice(place < 0 ? this.#waiting.length : place, 0, { item, due })
  }

  /** Takes the first that is due. */
  take(): T | undefined {
    return this.untilDue() > 0 ? undefined : this.#waiting.shift()?.item
  }

  /** Takes all, whether due or not. */
  empty(): T[] {
    return this.#waiting.splice(0).map(({ item }) => item)
  }

  /** Milliseconds until one is due; `Infinity` where nothing waits. */
  untilDue(): number {
    const [first] = this.#waiting
    return first === undefined ? Infinity : Math.max(0, first.due - this.#clock.now())
  }
}
