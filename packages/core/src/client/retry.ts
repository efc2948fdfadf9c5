import type { Api } from '../api/define-api.ts'
import type { LLPayError } from '../errors/ll-pay-error.ts'
import { TransportError } from '../errors/transport-error.ts'

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

const BASE_MS = 200
const MAX_MS = 5_000
const READ_AGAIN_STATUS = new Set([429, 502, 503, 504])

/** What failed, and for what. */
export interface Attempt {
  readonly effect: Api['effect']
  /** How many attempts have failed, this one included. */
  readonly failed: number
  readonly error: LLPayError
}

/** Whether the same request may be sent again without asking anybody. */
function isSafe({ effect, error }: Attempt): boolean {
  if (!(error instanceof TransportError)) return false
  if (error.code === 'ERR_TRANSPORT_ABORTED' || error.code === 'ERR_TRANSPORT_TIMEOUT') return false
  if (error.delivered === 'no') return true
  if (effect === 'change') return false
  return error.status === undefined
    ? error.code === 'ERR_TRANSPORT_CLOSED'
    : READ_AGAIN_STATUS.has(error.status)
}

/**
 * Says how long to wait before a request is sent again: `undefined` where it must not be. The wait is
 * drawn from the whole range (full jitter), unless the gateway asked for a certain one.
 *
 * Only requests of which no byte reached a socket are repeated for an endpoint that changes
 * something; one that reads may also be repeated after the connection broke, or after 429, 502, 503
 * and 504.
 *
 * @param retries how many repetitions are allowed.
 * @param random a number from 0 to 1.
 */
export function retryDelay(attempt: Attempt, retries: number, random: number): number | undefined {
  if (attempt.failed > retries || !isSafe(attempt)) return undefined
  const { error, failed } = attempt
  const asked = error instanceof TransportError ? error.retryAfterMs : undefined
  if (asked !== undefined) return asked
  return random * Math.min(MAX_MS, BASE_MS * 2 ** (failed - 1))
}
