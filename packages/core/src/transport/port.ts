/** A request as it goes on the wire. */
export interface HttpRequest {
  readonly url: string
  readonly method: 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /**
   * Whether the request may go over a connection that carries other requests too, before or behind it:
   * only where a good reply repeats every parameter. Otherwise a late reply to another request would
   * pass for the reply to this one.
   */
  readonly mayShareConnection?: boolean
}

/** An answer as it came, decompressed. Header names are in lower case. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/**
 * Sends a request and gives the answer, whatever its status. Write one to use an HTTP stack of your
 * own; TLS, redirects (never follow them), size limits and connections (`mayShareConnection`) are then
 * yours.
 *
 * Throw a `TransportError` with `delivered: 'no'` where no byte reached a socket. Any error that is
 * not of llpay counts as "may have been delivered".
 */
export type Transport = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>
