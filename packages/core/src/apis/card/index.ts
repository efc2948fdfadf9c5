/**
 * The endpoints for bound bank cards.
 *
 * @module @llpay/core/apis/card
 */
export { unbind } from './unbind.ts'
