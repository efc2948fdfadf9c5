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
export { describeParams } from './api/describe-params.ts'
export { validateParams } from './api/validate-params.ts'
export * as catalogue from './apis/catalogue.ts'
export { decodeUtf8, encodeUtf8 } from './encoding/utf8.ts'
export type { JsonObject, JsonValue } from './json/json-value.ts'
export { readJsonObject } from './json/read-json.ts'
export { signMembers } from './signing/sign-members.ts'
export { verifyMembers } from './signing/verify-members.ts'
export { decodeBase64 } from './encoding/base64.ts'
export { bytesToBigInt } from './encoding/integer.ts'
export { checkAlgorithm } from './signing/check-algorithm.ts'
