import { LLPayError, type ErrorText, type LLPayErrorOptions } from './ll-pay-error.ts'

/**
 * Why a client or a command cannot be set up:
 *
 * - `ERR_CONFIG_MISSING`: a required setting is missing.
 * - `ERR_CONFIG_INVALID`: a value is invalid.
 * - `ERR_CONFIG_UNKNOWN_OPTION`: an option is unknown, usually a typing mistake.
 * - `ERR_CONFIG_CONFLICT`: two settings exclude each other.
 * - `ERR_CONFIG_INSECURE`: a setting would weaken TLS or send unencrypted requests elsewhere.
 * - `ERR_CONFIG_SANDBOX_KEY`: a sandbox key would be used with LianLian's real gateway.
 * - `ERR_CONFIG_RUNTIME`: a part of llpay cannot be loaded in this runtime, or as it was bundled.
 * - `ERR_CONFIG_USAGE`: the command line was used incorrectly.
 */
export type ConfigErrorCode =
  | 'ERR_CONFIG_MISSING'
  | 'ERR_CONFIG_INVALID'
  | 'ERR_CONFIG_UNKNOWN_OPTION'
  | 'ERR_CONFIG_CONFLICT'
  | 'ERR_CONFIG_INSECURE'
  | 'ERR_CONFIG_SANDBOX_KEY'
  | 'ERR_CONFIG_RUNTIME'
  | 'ERR_CONFIG_USAGE'

/**
 * An option, a flag or an environment variable is missing, invalid or unsafe, or a part of llpay cannot
 * be loaded as it was bundled. Nothing was sent.
 */
export class ConfigError extends LLPayError {
  /** What is wrong with the configuration, as a stable code to switch on. */
  readonly code: ConfigErrorCode

  constructor(code: ConfigErrorCode, text: ErrorText | string, options?: LLPayErrorOptions) {
    super(text, options)
    this.code = code
  }

  override get name(): 'ConfigError' {
    return 'ConfigError'
  }
}
