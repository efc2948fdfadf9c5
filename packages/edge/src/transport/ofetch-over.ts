import type { FetchInit, FetchResponse, FetchLike, Transport } from '@llpay/core'
import { describePollutedTls, fetchTransport } from '@llpay/core/adapter'
import { createFetch } from 'ofetch'

interface HttpClient {
  close(): void
}

declare const Deno: { createHttpClient?(options: object): HttpClient } | undefined

/** A copy without a prototype, so that no inherited property is taken for an option. */
const bare = <T extends object>(members: T): T => Object.assign(Object.create(null), members)

/**
 * Deno keeps connections and, when one closes behind a request, sends the request again. A client of
 * its own for each request does neither. HTTP/2 would not change that, and is not needed.
 */
function openDenoClient(): HttpClient | undefined {
  if (typeof Deno === 'undefined') return undefined
  return Deno.createHttpClient?.(bare({ poolMaxIdlePerHost: 0, http2: false }))
}

/**
 * Sends with the `fetch` of the moment (it may be replaced, and fails unbound in browsers), over a
 * connection that carries nothing else where the platform allows it: a late reply to another request
 * would pass for the reply to this one. `keepalive` keeps Bun from taking a connection of its pool.
 */
export async function platformFetch(url: string, init: FetchInit): Promise<FetchResponse> {
  const client = openDenoClient()
  if (client === undefined) {
    const headers = { ...init.headers, connection: 'close' }
    return globalThis.fetch(url, bare({ ...init, headers, keepalive: false }))
  }
  try {
    return await globalThis.fetch(url, bare({ ...init, client }))
  } finally {
    // What is being received goes on.
    client.close()
  }
}

/** ofetch reads the same members of a response as llpay; its types demand the platform's class. */
function isResponse(value: FetchResponse): value is FetchResponse & Response {
  return 'status' in value && 'headers' in value && 'body' in value
}

/** Why the platform's `fetch` must not be used; `undefined` if nothing speaks against it. */
export const weaknessOfPlatform = describePollutedTls

/**
 * Makes a transport from ofetch over a `fetch` (default: the platform's), with everything off that would
 * decide in llpay's place: retries, parsing, errors for a status, a timeout that ends with the headers.
 */
export function ofetchOver(fetch: FetchLike = platformFetch): Transport {
  return fetchTransport((url, init): Promise<FetchResponse> => {
    const send = async () => {
      const response = await fetch(url, init)
      if (isResponse(response)) return response
      throw new TypeError('fetch did not resolve to a Response')
    }
    return createFetch({ fetch: send, Headers, AbortController }).raw(url, {
      ...init,
      retry: false,
      responseType: 'stream',
      ignoreResponseError: true,
    })
  })
}
