import { LLPayError, type ErrorText, type LLPayErrorOptions } from './ll-pay-error.ts'

/** What is wrong with the form of an answer. */
export type ProtocolErrorCode =
  | 'ERR_REPLY_TOO_LARGE'
  | 'ERR_REPLY_DUPLICATE_MEMBER'
  | 'ERR_REPLY_AMBIGUOUS'
  | 'ERR_REPLY_INVALID'
  | 'ERR_REPLY_MISMATCH'
  | 'ERR_REPLY_NOT_JSON'

/** An answer is not of the form that LianLian's protocol allows, or belongs to another request. */
export class ProtocolError extends LLPayError {
  readonly code: ProtocolErrorCode

  constructor(code: ProtocolErrorCode, text: ErrorText | string, options?: LLPayErrorOptions) {
    super(text, { delivered: 'unknown', ...options })
    this.code = code
  }

  override get name(): 'ProtocolError' {
    return 'ProtocolError'
  }
}
