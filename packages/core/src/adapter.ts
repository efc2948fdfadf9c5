/**
 * What the packages for a runtime are built with. It may change in any release: use `@llpay/node` or
 * `@llpay/edge`.
 *
 * @module @llpay/core/adapter
 */
export { isLoopback, parseBaseUrl, reachesLianLian } from './client/base-url.ts'
export { checkConfig, checkKeys, DEFAULT_TIMEOUT_MS } from './client/check-config.ts'
export { createCaller } from './client/create-caller.ts'
export { createCoreClient } from './client/create-client.ts'
export { summarizeCause } from './errors/summarize-cause.ts'
export { collectBody } from './transport/collect-body.ts'
export { fetchTransport } from './transport/fetch-transport.ts'
export { MAX_REPLY_BYTES, replyTooLarge } from './transport/size-limit.ts'
