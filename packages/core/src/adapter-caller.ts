/** What a caller is put together from. */
export { endpointUrl, isLoopback, parseBaseUrl, reachesLianLian } from './client/base-url.ts'
export {
  checkConfig,
  checkKeys,
  checkPayTypes,
  DEFAULT_TIMEOUT_MS,
  ownGatewayKey,
} from './client/config.ts'
export { checkOidPartner } from './client/config.ts'
export { systemClock } from './client/clock.ts'
export { createCaller } from './client/create-caller.ts'
export { decodeBase64, decodeUtf8, encodeUtf8 } from './encoding.ts'
// Here too, so that a caller reaches no call that it does not make: the index has them all.
export { ConfigError } from './errors/config-error.ts'
export { isLLPayError } from './errors/is-ll-pay-error.ts'
export { KeyError } from './errors/key-error.ts'
export { loadPart } from './errors/load-part.ts'
export { SigningError } from './errors/signing-error.ts'
export { summarizeCause } from './errors/summarize-cause.ts'
export { checkAlgorithm } from './signing/algorithms.ts'
