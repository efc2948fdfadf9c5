import type { Api } from '../api/define-api.ts'
import type { LLPayError } from '../errors/ll-pay-error.ts'
import { TransportError } from '../errors/transport-error.ts'

const CAPACITY = 10
const REFILL_PER_ANSWER = 0.1

/**
 * Keeps the repetitions of a client in proportion to its replies: when a gateway is down, thousands
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

  /** Notes that a request was replied. */
  refill(): void {
    this.#tokens = Math.min(CAPACITY, this.#tokens + REFILL_PER_ANSWER)
  }
}

const BASE_MS = 200
const MAX_MS = 5_000
const READ_AGAIN_STATUS = new Set([429, 502, 503, 504])

/** A failed attempt. */
export interface Attempt {
  readonly effect: Api['effect']
  /** How many attempts have failed, this one included. */
  readonly failed: number
  readonly error: LLPayError
}

/** Whether the same request may be sent again without querying the list first. */
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
 * How long to wait before a request is sent again, in milliseconds; `undefined` if it must not be. The
 * backoff is random over its whole range (full jitter), unless the gateway sent Retry-After.
 *
 * A change is retried only if no byte of it reached a socket. A query is also retried after the
 * connection broke, and after HTTP status 429, 502, 503 and 504.
 *
 * @param retries how many retries are allowed.
 * @param random a number from 0 to 1.
 */
export function retryDelay(attempt: Attempt, retries: number, random: number): number | undefined {
  if (attempt.failed > retries || !isSafe(attempt)) return undefined
  const { error, failed } = attempt
  const asked = error instanceof TransportError ? error.retryAfterMs : undefined
  if (asked !== undefined) return asked
  return random * Math.min(MAX_MS, BASE_MS * 2 ** (failed - 1))
}
