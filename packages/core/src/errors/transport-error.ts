import { LLPayError, type ErrorText, type Delivered } from './ll-pay-error.ts'

/** The longest wait accepted from a gateway, in milliseconds: a wrong header must not stop a queue for years. */
const MAX_RETRY_AFTER_MS = 300_000

/**
 * What failed between you and LianLian:
 *
 * - `ERR_TRANSPORT_CONNECT`: no connection: host name, network, proxy or certificate.
 * - `ERR_TRANSPORT_TIMEOUT`: the call's deadline passed.
 * - `ERR_TRANSPORT_ABORTED`: your `signal` aborted the call.
 * - `ERR_TRANSPORT_CLOSED`: the connection closed before the response was complete.
 * - `ERR_TRANSPORT_STATUS`: an HTTP status other than 200.
 */
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

/** What a transport reports about its failure. */
export interface TransportErrorOptions {
  /** Whether the request reached LianLian; `no` only if no byte of it reached a socket. */
  readonly delivered: Delivered
  /** The error of the HTTP stack, without anything that may hold the request. */
  readonly cause?: unknown
  /** The HTTP status, if there was one. */
  readonly status?: number
  /** How long the gateway asked to wait before the next request, in milliseconds (capped at 300,000). */
  readonly retryAfterMs?: number | undefined
}

/**
 * No reply was received. `delivered: 'no'` means that no byte of the request reached a socket, so it is
 * safe to retry.
 */
export class TransportError extends LLPayError {
  /** What failed, as a stable code to switch on. */
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

  /** How long the gateway asked to wait before the next request, in milliseconds (at most 300,000). */
  get retryAfterMs(): number | undefined {
    return this.#retryAfterMs
  }

  protected override details(): Readonly<Record<string, unknown>> {
    return this.#status === undefined ? {} : { status: this.#status }
  }
}
