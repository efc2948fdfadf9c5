import { LLPayError, type ErrorText, type Delivered } from './ll-pay-error.ts'

/**
 * One of your callbacks, such as `beforeSending`, threw and ended the call, or one that receives notifications
 * threw; `cause` is its error.
 * `delivered` says whether the change may have been carried out before.
 */
export class CallbackError extends LLPayError {
  /** Always `ERR_CALLBACK`. */
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
