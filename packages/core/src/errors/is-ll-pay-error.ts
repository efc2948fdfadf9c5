import { ERROR_BRAND } from './brand.ts'
import type { LLPayError } from './ll-pay-error.ts'

/**
 * Tells whether something that was caught is an error of llpay, also when it comes from another
 * copy of the package.
 *
 * @example
 * import { isLLPayError } from '@llpay/core'
 * const caught: unknown = new Error('not ours')
 * if (isLLPayError(caught)) console.error(caught.code, caught.delivered)
 */
export function isLLPayError(value: unknown): value is LLPayError {
  return typeof value === 'object' && value !== null && ERROR_BRAND in value
}
