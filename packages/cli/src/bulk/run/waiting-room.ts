/** Holds what is to be tried again later; it is small, and sorted by time. */
export class WaitingRoom<T> {
  readonly #waiting: { readonly item: T; readonly due: number }[] = []

  get size(): number {
    return this.#waiting.length
  }

  add(item: T, delayMs: number): void {
    const due = performance.now() + delayMs
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
    return first === undefined ? Infinity : Math.max(0, first.due - performance.now())
  }
}
