/**
 * What makes the client of `@llpay/node` and `@llpay/edge`. It may change in any release: use one of those.
 *
 * Apart from `@llpay/core/adapter`: what a client loads on demand would else be bundled with every caller.
 *
 * @module @llpay/core/adapter/client
 */
export { createCoreClient } from './client/create-client.ts'
