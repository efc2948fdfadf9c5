import { isLLPayError } from '@llpay/core'

/** The statuses of the control API's errors, each with its code. */
const CODES = {
  400: 'ERR_SANDBOX_INVALID',
  403: 'ERR_SANDBOX_FORBIDDEN',
  404: 'ERR_SANDBOX_NOT_FOUND',
  405: 'ERR_SANDBOX_METHOD',
  413: 'ERR_SANDBOX_TOO_LARGE',
  415: 'ERR_SANDBOX_CONTENT_TYPE',
} as const

/** An error that the sandbox answers with, outside of LianLian's protocol. */
export class ControlError extends Error {
  readonly status: keyof typeof CODES
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: keyof typeof CODES,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.status = status
    this.headers = headers
  }

  override get name(): 'ControlError' {
    return 'ControlError'
  }

  /** The body that is sent. */
  get body(): string {
    return JSON.stringify({ error: { code: CODES[this.status], message: this.message } })
  }
}

/** What an invalid value leads to: 400 with its message. */
export function asControlError(error: unknown): ControlError {
  if (error instanceof ControlError) return error
  if (isLLPayError(error)) return new ControlError(400, error.message)
  throw error
}
