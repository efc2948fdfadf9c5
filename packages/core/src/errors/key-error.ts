import { LLPayError, type ErrorText, type LLPayErrorOptions } from './ll-pay-error.ts'

/** Why a key cannot be used. */
export type KeyErrorCode =
  | 'ERR_KEY_INVALID'
  | 'ERR_KEY_WRONG_KIND'
  | 'ERR_KEY_UNSUPPORTED'
  | 'ERR_KEY_TOO_SMALL'
  | 'ERR_KEY_MISMATCH'

/** A key cannot be read, is of the wrong kind, or does not fit its purpose. Nothing was sent. */
export class KeyError extends LLPayError {
  readonly code: KeyErrorCode

  constructor(code: KeyErrorCode, text: ErrorText | string, options?: LLPayErrorOptions) {
    super(text, options)
    this.code = code
  }

  override get name(): 'KeyError' {
    return 'KeyError'
  }
}
