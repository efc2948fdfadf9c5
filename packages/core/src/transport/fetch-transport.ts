import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import type { ErrorText } from '../errors/ll-pay-error.ts'
import { summarizeCause } from '../errors/summarize-cause.ts'
import { TransportError } from '../errors/transport-error.ts'
import { type FetchBody, readStream } from './body.ts'
import type { HttpResponse, Transport } from './port.ts'

const NOT_DELIVERED: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/**
 * Whether an error of a platform's HTTP stack proves that no connection was made, judged by the code of
 * the system or the TLS library in it or in one of its causes.
 */
function provesNotDelivered(error: unknown): boolean {
  let inner = error
  for (let depth = 0; depth < 4 && typeof inner === 'object' && inner !== null; depth += 1) {
    const code: unknown = Reflect.get(inner, 'code')
    if (typeof code === 'string' && NOT_DELIVERED.has(code)) return true
    inner = Reflect.get(inner, 'cause')
  }
  return false
}

/** The options that llpay passes to `fetch`. */
export interface FetchInit {
  readonly method: 'POST'
  readonly headers: Record<string, string>
  readonly body: ArrayBuffer
  readonly redirect: 'manual'
  readonly signal: AbortSignal
}

/** The part of a `Response` that llpay uses. */
export interface FetchResponse {
  readonly status: number
  readonly headers: { forEach(visit: (value: string, name: string) => void): void }
  readonly body: FetchBody | null
}

/** The part of the platform's `fetch` that llpay uses. */
export type FetchLike = (url: string, init: FetchInit) => Promise<FetchResponse>

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
    body: body === null ? new Uint8Array() : await readStream(body),
  }
}

/**
 * Creates a transport from a `fetch`. The options it passes have no prototype, so that nothing is
 * inherited that other code in the process set. Redirects are not followed, and the body of a status
 * other than 200 is not read. `fetch` does not say whether a failure came before or after sending: a
 * request counts as sent unless its error proves that no connection was made.
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
          ? {
              reason: 'transport.connect',
              message: 'No connection to the gateway could be made.',
              hint: 'Check the host name, the network, the proxy and the TLS certificates.',
            }
          : {
              reason: 'transport.closed',
              message: 'The connection to the gateway closed before the response was complete.',
            },
        { delivered: refused ? 'no' : 'unknown', cause: summarizeCause(error) },
      )
    }
  }
}

/** Names of options, as HTTP stacks look them up, that decide whom a TLS connection trusts. */
const TRUST = [
  'ALPNProtocols',
  'ca',
  'checkServerIdentity',
  'ciphers',
  'connect',
  'httpSocket',
  'maxVersion',
  'minVersion',
  'pfx',
  'pskCallback',
  'rejectUnauthorized',
  'secureContext',
  'secureOptions',
  'secureProtocol',
  'servername',
  'session',
  'sigalgs',
  'tls',
]

/**
 * Describes an option on `Object.prototype` that would affect how certificates are checked: an HTTP
 * stack whose options are not ours would inherit it. `undefined` if there is none.
 */
export function describePollutedTls(): ErrorText | undefined {
  const name = TRUST.find((option) => option in Object.prototype)
  if (name === undefined) return undefined
  return {
    reason: 'config.polluted-tls',
    message: `Object.prototype.${name} was set by other code in this process and could affect how certificates are checked. Nothing was sent.`,
    hint: 'Find the code that sets it, and remove it.',
    params: { name },
  }
}
