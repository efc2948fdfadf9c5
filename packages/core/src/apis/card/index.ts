/**
 * The endpoints for bound bank cards.
 *
 * @module @llpay/core/apis/card
 */
// By star: bundlers that split by file then take an endpoint without the others of its group.
export * from './apply-bind.ts'
export * from './list.ts'
export * from './query-bin.ts'
export * from './unbind.ts'
export * from './verify-bind.ts'
