import type { FetchLike, Transport } from '@llpay/core'
import { ConfigError, loadPart } from '@llpay/core/adapter'

/**
 * Makes the default transport of the edge: ofetch over the platform's `fetch`, or over one that the
 * caller supplies, whose connections are then the caller's. What sends is loaded when something is sent.
 */
export function ofetchTransport(fetch?: FetchLike): Transport {
  return async (request, signal) => {
    const { ofetchOver, weaknessOfPlatform } = await loadPart(
      'The transport',
      () => import('./ofetch-over.ts'),
    )
    const weakness = fetch === undefined ? weaknessOfPlatform() : undefined
    if (weakness !== undefined) throw new ConfigError('ERR_CONFIG_INSECURE', weakness)
    return ofetchOver(fetch)(request, signal)
  }
}
