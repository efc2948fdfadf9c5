const CAPACITY = 10
const REFILL_PER_ANSWER = 0.1

/**
 * Keeps the repetitions of a client in proportion to its answers: when a gateway is down, thousands
 * of calls must not each repeat theirs.
 */
export class RetryBudget {
  #tokens = CAPACITY

  /** Takes a repetition out of the budget; false where none is left. */
  take(): boolean {
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }

  /** Notes that a request was answered. */
  refill(): void {
    this.#tokens = Math.min(CAPACITY, this.#tokens + REFILL_PER_ANSWER)
  }
}
