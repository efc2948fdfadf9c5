import type { FetchLike, FetchResponse, Transport } from '@llpay/core'
import { describePollutedTls, fetchTransport } from '@llpay/core/adapter'
import { createFetch } from 'ofetch'

import { platformFetch } from './platform-fetch.ts'

/** ofetch reads of a response what llpay reads of it; its types ask for the platform's class. */
function isResponse(value: FetchResponse): value is FetchResponse & Response {
  return 'status' in value && 'headers' in value && 'body' in value
}

/** Why the platform's `fetch` must not be used, or `undefined` where nothing speaks against it. */
export const weaknessOfPlatform = describePollutedTls

/**
 * Makes a transport of ofetch over a `fetch`, the platform's without one, with everything off that
 * would decide in our place: retries, parsing, errors for a status, a timeout that ends with the
 * headers. The `fetch` gets our request as it is.
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
