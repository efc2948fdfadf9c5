import { LLPayError, type LLPayErrorOptions } from './ll-pay-error.ts'

/** Why a message could not be signed. */
export type SigningErrorCode = 'ERR_ALGORITHM_UNSUPPORTED' | 'ERR_SIGN_FAILED'

/** The request could not be signed. Nothing was sent. */
export class SigningError extends LLPayError {
  readonly code: SigningErrorCode

  constructor(code: SigningErrorCode, message: string, options?: LLPayErrorOptions) {
    super(message, options)
    this.code = code
  }

  override get name(): 'SigningError' {
    return 'SigningError'
  }
}
