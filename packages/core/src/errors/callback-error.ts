import { LLPayError, type Delivered } from './ll-pay-error.ts'

/**
 * A callback of yours threw, such as `beforeSending`, and the call ended there: see `cause`.
 * `delivered` says whether the change may have been carried out before that.
 */
export class CallbackError extends LLPayError {
  readonly code: 'ERR_CALLBACK'

  constructor(
    message: string,
    options: { readonly cause: unknown; readonly delivered: Delivered },
  ) {
    super(message, options)
    this.code = 'ERR_CALLBACK'
  }

  override get name(): 'CallbackError' {
    return 'CallbackError'
  }
}
