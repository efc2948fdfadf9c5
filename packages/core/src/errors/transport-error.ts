import { LLPayError, type Delivered } from './ll-pay-error.ts'

/** Where the way to LianLian and back broke. */
export type TransportErrorCode =
  | 'ERR_TRANSPORT_CONNECT'
  | 'ERR_TRANSPORT_TIMEOUT'
  | 'ERR_TRANSPORT_ABORTED'
  | 'ERR_TRANSPORT_CLOSED'
  | 'ERR_TRANSPORT_STATUS'

/** What a transport must say of its failure. */
export interface TransportErrorOptions {
  readonly delivered: Delivered
  readonly cause?: unknown
  /** The HTTP status, where there was one. */
  readonly status?: number
  /** How long the gateway asked to wait before the next request. */
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

  constructor(code: TransportErrorCode, message: string, options: TransportErrorOptions) {
    super(message, options)
    this.code = code
    this.#status = options.status
    this.#retryAfterMs = options.retryAfterMs
  }

  override get name(): 'TransportError' {
    return 'TransportError'
  }

  /** The HTTP status, for `ERR_TRANSPORT_STATUS`. */
  get status(): number | undefined {
    return this.#status
  }

  /** How long the gateway asked to wait, in milliseconds. */
  get retryAfterMs(): number | undefined {
    return this.#retryAfterMs
  }

  protected override details(): Readonly<Record<string, unknown>> {
    return this.#status === undefined ? {} : { status: this.#status }
  }
}
