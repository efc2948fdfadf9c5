import { RejectedError } from '../../errors/rejected-error.ts'

/** "Not entitled", "wrong parameter", "does not fit": the merchant, or the list, lacks the product. */
const NO_SUCH_PRODUCT = ['3010', '1004', '5601']

/** Whether the refusal of a list says that the merchant lacks a product that nobody named. */
export function lacksProduct(error: unknown, isNamed: boolean): boolean {
  const code = error instanceof RejectedError ? (error.returnCode ?? '') : ''
  return !isNamed && NO_SUCH_PRODUCT.includes(code)
}
