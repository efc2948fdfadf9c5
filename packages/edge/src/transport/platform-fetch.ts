import type { FetchInit, FetchResponse } from '@llpay/core'

interface HttpClient {
  close(): void
}

declare const Deno: { createHttpClient?(options: object): HttpClient } | undefined

/** An object in which nothing is found that it does not hold itself. */
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
