import { LLPayError, type ErrorText, type LLPayErrorOptions } from './ll-pay-error.ts'

/**
 * What is wrong with the signature of a reply or notification:
 *
 * - `ERR_SIGNATURE_MISSING`: a reply that reports success, or a notification, is not signed.
 * - `ERR_SIGNATURE_INVALID`: it does not verify with the configured key.
 * - `ERR_SIGNATURE_WRONG_TYPE`: it names a `sign_type` other than the configured one.
 */
export type SignatureErrorCode =
  | 'ERR_SIGNATURE_MISSING'
  | 'ERR_SIGNATURE_INVALID'
  | 'ERR_SIGNATURE_WRONG_TYPE'

/**
 * A reply claims something that its signature does not prove: do not trust what it says. The request may
 * have been carried out.
 */
export class SignatureError extends LLPayError {
  /** What is wrong with the signature, as a stable code to switch on. */
  readonly code: SignatureErrorCode

  constructor(code: SignatureErrorCode, text: ErrorText | string, options?: LLPayErrorOptions) {
    super(text, { delivered: 'unknown', ...options })
    this.code = code
  }

  override get name(): 'SignatureError' {
    return 'SignatureError'
  }
}
