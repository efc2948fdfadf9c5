import { LLPayError, type ErrorText, type LLPayErrorOptions } from './ll-pay-error.ts'

/** Why a message could not be signed. */
export type SigningErrorCode = 'ERR_ALGORITHM_UNSUPPORTED' | 'ERR_SIGN_FAILED'

/** The request could not be signed. Nothing was sent. */
export class SigningError extends LLPayError {
  readonly code: SigningErrorCode

  constructor(code: SigningErrorCode, text: ErrorText | string, options?: LLPayErrorOptions) {
    super(text, options)
    this.code = code
  }

  override get name(): 'SigningError' {
    return 'SigningError'
  }
}
