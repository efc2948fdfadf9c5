import { LLPayError, type ErrorText, type Delivered } from './ll-pay-error.ts'

/**
 * A callback of yours threw, such as `beforeSending`, and the call ended there: see `cause`.
 * `delivered` says whether the change may have been carried out before that.
 */
export class CallbackError extends LLPayError {
  readonly code: 'ERR_CALLBACK'

  constructor(
    text: ErrorText | string,
    options: { readonly cause: unknown; readonly delivered: Delivered },
  ) {
    super(text, options)
    this.code = 'ERR_CALLBACK'
  }

  override get name(): 'CallbackError' {
    return 'CallbackError'
  }
}
