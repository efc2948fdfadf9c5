import { LLPayError, type ErrorText, type Delivered } from './ll-pay-error.ts'

/** What a gateway may ask to wait, in milliseconds: a mistaken header must not stop a queue for years. */
const MAX_RETRY_AFTER_MS = 300_000

/** Where the way to LianLian and back broke. */
export type TransportErrorCode =
  | 'ERR_TRANSPORT_CONNECT'
  | 'ERR_TRANSPORT_TIMEOUT'
  | 'ERR_TRANSPORT_ABORTED'
  | 'ERR_TRANSPORT_CLOSED'
  | 'ERR_TRANSPORT_STATUS'

function boundedMs(ms: number | undefined): number | undefined {
  if (ms === undefined || Number.isNaN(ms)) return undefined
  return Math.min(Math.max(0, ms), MAX_RETRY_AFTER_MS)
}

/** What a transport must say of its failure. */
export interface TransportErrorOptions {
  readonly delivered: Delivered
  readonly cause?: unknown
  /** The HTTP status, where there was one. */
  readonly status?: number
  /** How long the gateway asked to wait before the next request; more than five minutes count as five. */
  readonly retryAfterMs?: number | undefined
}

/**
 * No answer was had. `delivered: 'no'` means that no byte of the request reached a socket, so that
 * it is safe to try again.
 */
export class TransportError extends LLPayError {
  readonly code: TransportErrorCode
  readonly #status: number | undefined
  readonly #retryAfterMs: number | undefined

  constructor(code: TransportErrorCode, text: ErrorText | string, options: TransportErrorOptions) {
    super(text, options)
    this.code = code
    this.#status = options.status
    this.#retryAfterMs = boundedMs(options.retryAfterMs)
  }

  override get name(): 'TransportError' {
    return 'TransportError'
  }

  /** The HTTP status, for `ERR_TRANSPORT_STATUS`. */
  get status(): number | undefined {
    return this.#status
  }

  /** How long the gateway asked to wait, in milliseconds: five minutes at most. */
  get retryAfterMs(): number | undefined {
    return this.#retryAfterMs
  }

  protected override details(): Readonly<Record<string, unknown>> {
    return this.#status === undefined ? {} : { status: this.#status }
  }
}
