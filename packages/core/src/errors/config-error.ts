import { LLPayError, type ErrorText, type LLPayErrorOptions } from './ll-pay-error.ts'

/** Why a client or a command cannot be set up. */
export type ConfigErrorCode =
  | 'ERR_CONFIG_MISSING'
  | 'ERR_CONFIG_INVALID'
  | 'ERR_CONFIG_UNKNOWN_OPTION'
  | 'ERR_CONFIG_CONFLICT'
  | 'ERR_CONFIG_INSECURE'
  | 'ERR_CONFIG_SANDBOX_KEY'
  | 'ERR_CONFIG_RUNTIME'
  | 'ERR_CONFIG_USAGE'

/** An option, a flag or an environment variable is missing, wrong or unsafe, or a
 * part of llpay cannot be loaded as it was bundled. Nothing was sent. */
export class ConfigError extends LLPayError {
  readonly code: ConfigErrorCode

  constructor(code: ConfigErrorCode, text: ErrorText | string, options?: LLPayErrorOptions) {
    super(text, options)
    this.code = code
  }

  override get name(): 'ConfigError' {
    return 'ConfigError'
  }
}
