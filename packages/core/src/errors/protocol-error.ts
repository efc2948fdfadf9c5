import { LLPayError, type ErrorText, type LLPayErrorOptions } from './ll-pay-error.ts'

/**
 * What is wrong with a reply, or with a notification:
 *
 * - `ERR_REPLY_TOO_LARGE`: it has more than 1 MiB.
 * - `ERR_REPLY_NOT_JSON`: it is not JSON, as the page of a proxy.
 * - `ERR_REPLY_DUPLICATE_MEMBER`: it has a member twice.
 * - `ERR_REPLY_AMBIGUOUS`: its signed text can be read as other members.
 * - `ERR_REPLY_INVALID`: it is JSON, but not of the form of the endpoint, or of the kind of notification.
 * - `ERR_REPLY_MISMATCH`: it belongs to another request or endpoint; a notification: to another merchant,
 *   kind or record.
 */
export type ProtocolErrorCode =
  | 'ERR_REPLY_TOO_LARGE'
  | 'ERR_REPLY_DUPLICATE_MEMBER'
  | 'ERR_REPLY_AMBIGUOUS'
  | 'ERR_REPLY_INVALID'
  | 'ERR_REPLY_MISMATCH'
  | 'ERR_REPLY_NOT_JSON'

/**
 * A reply breaks the rules of LianLian's protocol, or belongs to another request. The request may have
 * been carried out. A notification breaks them, or belongs elsewhere: it was not acknowledged.
 */
export class ProtocolError extends LLPayError {
  /** What is wrong with the reply or notification, as a stable code to switch on. */
  readonly code: ProtocolErrorCode

  constructor(code: ProtocolErrorCode, text: ErrorText | string, options?: LLPayErrorOptions) {
    super(text, { delivered: 'unknown', ...options })
    this.code = code
  }

  override get name(): 'ProtocolError' {
    return 'ProtocolError'
  }
}
