import { isLLPayError } from '@llpay/core'

/** The statuses of the control API's errors, each with its code. */
const CODES = {
  400: 'ERR_SANDBOX_INVALID',
  403: 'ERR_SANDBOX_FORBIDDEN',
  404: 'ERR_SANDBOX_NOT_FOUND',
  405: 'ERR_SANDBOX_METHOD',
  413: 'ERR_SANDBOX_TOO_LARGE',
  415: 'ERR_SANDBOX_CONTENT_TYPE',
  500: 'ERR_CONFIG_RUNTIME',
} as const

/** An error that the sandbox responds with, outside of LianLian's protocol. */
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

/** The response to an error: 400 for an invalid value, 500 for a part of llpay that cannot be loaded. */
export function asControlError(error: unknown): ControlError {
  if (error instanceof ControlError) return error
  if (!isLLPayError(error)) throw error
  const { code, message, hint } = error
  const text = hint === undefined ? message : `${message} ${hint}`
  return new ControlError(code === 'ERR_CONFIG_RUNTIME' ? 500 : 400, text)
}

/** Makes the HTTP response of an error. */
export const respondWith = ({ status, body, headers }: ControlError): Response =>
  new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } })
