const FIRST_MS = 5_000
const LONGEST_MS = 300_000

/** Notices that nothing succeeds any more, and says how long to leave the gateway alone. */
export class Breaker {
  readonly #limit: number
  #inARow = 0

  /** @param limit how many jobs in a row may come to nothing. */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** A job was decided: the gateway answers. */
  succeed(): void {
    this.#inARow = 0
  }

  /** A job came to nothing. Gives the milliseconds to wait before the next one; mostly 0. */
  fail(): number {
    this.#inARow += 1
    const times = Math.floor(this.#inARow / this.#limit)
    return times === 0 ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** (times - 1))
  }
}
