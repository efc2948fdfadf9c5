import type { Api } from '@llpay/core'
import { catalogue, endpointUrl } from '@llpay/core/adapter'

/** The origins that calls go to. */
export function listOrigins(baseUrl: string | undefined): string[] {
  const apis = Object.values(catalogue).flatMap((group): Api[] => Object.values(group))
  const urls = apis.map(({ host, path }) => new URL(endpointUrl(host, path, baseUrl)))
  return [...new Set(urls.map(({ origin }) => origin))]
}
