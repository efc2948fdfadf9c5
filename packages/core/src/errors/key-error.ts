import { LLPayError, type ErrorText, type LLPayErrorOptions } from './ll-pay-error.ts'

/**
 * Why a key cannot be used:
 *
 * - `ERR_KEY_INVALID`: it is missing, damaged, or not a key.
 * - `ERR_KEY_WRONG_KIND`: a public key instead of a private one, or the other way round; a certificate.
 * - `ERR_KEY_UNSUPPORTED`: a type, format or encryption that llpay does not read.
 * - `ERR_KEY_TOO_SMALL`: fewer than 1024 bits.
 * - `ERR_KEY_MISMATCH`: the merchant's own public key was given as LianLian's.
 */
export type KeyErrorCode =
  | 'ERR_KEY_INVALID'
  | 'ERR_KEY_WRONG_KIND'
  | 'ERR_KEY_UNSUPPORTED'
  | 'ERR_KEY_TOO_SMALL'
  | 'ERR_KEY_MISMATCH'

/** A key cannot be read, is of the wrong kind, or does not fit its purpose. Nothing was sent. `hint` says how to fix it. */
export class KeyError extends LLPayError {
  /** Why the key cannot be used, as a stable code to switch on. */
  readonly code: KeyErrorCode

  constructor(code: KeyErrorCode, text: ErrorText | string, options?: LLPayErrorOptions) {
    super(text, options)
    this.code = code
  }

  override get name(): 'KeyError' {
    return 'KeyError'
  }
}
