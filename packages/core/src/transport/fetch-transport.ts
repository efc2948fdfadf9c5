import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import { summarizeCause } from '../errors/summarize-cause.ts'
import { TransportError } from '../errors/transport-error.ts'
import { collectBody } from './collect-body.ts'
import { provesNotDelivered } from './connect-failures.ts'
import type { HttpResponse, Transport } from './port.ts'

/** What llpay asks of a `fetch`. */
export interface FetchInit {
  readonly method: 'POST'
  readonly headers: Record<string, string>
  readonly body: ArrayBuffer
  readonly redirect: 'manual'
  readonly signal: AbortSignal
}

/** What llpay reads of a `Response`. */
export interface FetchResponse {
  readonly status: number
  readonly headers: { forEach(visit: (value: string, name: string) => void): void }
  readonly body: FetchBody | null
}

/** What llpay reads of a `ReadableStream`. */
export interface FetchBody {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>
    cancel(): Promise<void>
  }
}

/** The part of the platform's `fetch` that llpay uses. */
export type FetchLike = (url: string, init: FetchInit) => Promise<FetchResponse>

async function* chunksOf(body: FetchBody): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  let ended = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      if (value !== undefined) yield value
    }
    ended = true
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined)
  }
}

async function readResponse(response: FetchResponse): Promise<HttpResponse> {
  const headers: Record<string, string> = {}
  response.headers.forEach((value, name) => {
    headers[name.toLowerCase()] = value
  })
  const { status, body } = response
  if (status !== 200) {
    await body
      ?.getReader()
      .cancel()
      .catch(() => undefined)
    return { status, headers, body: new Uint8Array() }
  }
  return {
    status,
    headers,
    body: body === null ? new Uint8Array() : await collectBody(chunksOf(body)),
  }
}

/**
 * Makes a transport of a `fetch`. What it passes to the `fetch` has no prototype, so that no option is
 * found there that other code in the process set. Redirects are not followed, and a body of a status
 * other than 200 is not read. Whether a failure came before or after the request was sent, `fetch` does not tell:
 * it counts as sent unless its error proves that no connection was made.
 */
export function fetchTransport(fetch: FetchLike): Transport {
  return async (request, signal) => {
    try {
      const init: FetchInit = Object.assign(Object.create(null), {
        method: request.method,
        headers: { ...request.headers },
        body: request.body.slice().buffer,
        redirect: 'manual',
        signal,
      })
      return await readResponse(await fetch(request.url, init))
    } catch (error) {
      if (isLLPayError(error)) throw error
      const refused = provesNotDelivered(error)
      throw new TransportError(
        refused ? 'ERR_TRANSPORT_CONNECT' : 'ERR_TRANSPORT_CLOSED',
        refused
          ? 'No connection to the gateway could be made. Check the host name, the network and the TLS certificates.'
          : 'The connection to the gateway broke before its answer was complete.',
        { delivered: refused ? 'no' : 'unknown', cause: summarizeCause(error) },
      )
    }
  }
}
