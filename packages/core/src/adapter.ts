/**
 * What the packages for a runtime are built with. It may change in any release: use `@llpay/node` or
 * `@llpay/edge`.
 *
 * @module @llpay/core/adapter
 */
// By star: bundlers that split by file then take a group without the others.
export * from './adapter-caller.ts'
export * from './adapter-catalogue.ts'
export * from './adapter-messages.ts'
export * from './adapter-transport.ts'
