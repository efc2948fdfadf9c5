import { LLPayError, type ErrorText, type LLPayErrorOptions } from './ll-pay-error.ts'

/** What is wrong with the signature of an answer. */
export type SignatureErrorCode =
  | 'ERR_SIGNATURE_MISSING'
  | 'ERR_SIGNATURE_INVALID'
  | 'ERR_SIGNATURE_WRONG_TYPE'

/** An answer claims something that its signature does not prove. What it says must not be believed. */
export class SignatureError extends LLPayError {
  readonly code: SignatureErrorCode

  constructor(code: SignatureErrorCode, text: ErrorText | string, options?: LLPayErrorOptions) {
    super(text, { delivered: 'unknown', ...options })
    this.code = code
  }

  override get name(): 'SignatureError' {
    return 'SignatureError'
  }
}
