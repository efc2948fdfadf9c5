import type { FetchInit, FetchLike, FetchResponse } from '@llpay/core'
import { createFetch } from 'ofetch'

/** ofetch reads of a response what llpay reads of it; its types ask for the platform's class. */
function isResponse(value: FetchResponse): value is FetchResponse & Response {
  return 'status' in value && 'headers' in value && 'body' in value
}

/**
 * Puts ofetch over a `fetch`, with everything off that would decide in our place: retries, parsing,
 * errors for a status, a timeout that ends with the headers. The `fetch` gets our request as it is.
 */
export function ofetchOver(fetch: FetchLike) {
  return (url: string, init: FetchInit): Promise<FetchResponse> => {
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
  }
}
