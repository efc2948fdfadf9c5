import { LLPayError, type ErrorText, type LLPayErrorOptions } from './ll-pay-error.ts'

/**
 * `ERR_SIGN_FAILED`: the signer failed. `ERR_ALGORITHM_UNSUPPORTED`: this runtime or endpoint does not
 * support the algorithm.
 */
export type SigningErrorCode = 'ERR_ALGORITHM_UNSUPPORTED' | 'ERR_SIGN_FAILED'

/** The request could not be signed. Nothing was sent. */
export class SigningError extends LLPayError {
  /** Why signing failed, as a stable code to switch on. */
  readonly code: SigningErrorCode

  constructor(code: SigningErrorCode, text: ErrorText | string, options?: LLPayErrorOptions) {
    super(text, options)
    this.code = code
  }

  override get name(): 'SigningError' {
    return 'SigningError'
  }
}
