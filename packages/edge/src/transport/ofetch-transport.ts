import type { FetchLike, Transport } from '@llpay/core'
import { fetchTransport } from '@llpay/core/adapter'

/** Calls the `fetch` of the moment: it may be replaced, and fails unbound in browsers. */
const platformFetch: FetchLike = (url, init) => globalThis.fetch(url, init)

/**
 * Makes the usual transport of the edge: ofetch over the platform's `fetch`, or over one that is
 * given. ofetch is loaded when something is sent.
 */
export function ofetchTransport(fetch: FetchLike = platformFetch): Transport {
  return fetchTransport(async (url, init) => {
    const { ofetchOver } = await import('./ofetch-over.ts')
    return ofetchOver(fetch)(url, init)
  })
}
