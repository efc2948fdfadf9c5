/** An HTTP request to the gateway. */
export interface HttpRequest {
  readonly url: string
  readonly method: 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /**
   * Whether the request may use a connection that carries other requests, before or after it: only if
   * its reply repeats every parameter. Otherwise a late reply to another request could pass for the
   * reply to this one.
   */
  readonly mayShareConnection?: boolean
}

/** The HTTP response, decompressed. Header names are in lower case. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/**
 * Sends a request and returns the response, whatever its status. Write one to use your own HTTP stack;
 * you are then responsible for TLS, redirects (never follow them), size limits and connections
 * (`mayShareConnection`).
 *
 * Throw a `TransportError` with `delivered: 'no'` if no byte reached a socket. Any error that is not
 * llpay's counts as "may have been delivered".
 */
export type Transport = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>
