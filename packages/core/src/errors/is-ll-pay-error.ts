import { ERROR_BRAND } from './brand.ts'
import type { CallbackError } from './callback-error.ts'
import type { ConfigError } from './config-error.ts'
import type { KeyError } from './key-error.ts'
import type { ParameterError } from './parameter-error.ts'
import type { ProtocolError } from './protocol-error.ts'
import type { RejectedError } from './rejected-error.ts'
import type { SignatureError } from './signature-error.ts'
import type { SigningError } from './signing-error.ts'
import type { TransportError } from './transport-error.ts'
import type { UnknownOutcomeError } from './unknown-outcome-error.ts'

/** Every error that llpay throws on purpose: `switch` on `code` or `name` exhausts it. */
export type AnyLLPayError =
  | CallbackError
  | ConfigError
  | KeyError
  | ParameterError
  | ProtocolError
  | RejectedError
  | SignatureError
  | SigningError
  | TransportError
  | UnknownOutcomeError

/**
 * Whether a caught value is an llpay error, also one of another copy of the package. It narrows to the
 * union of all error classes, which `switch (error.code)` or `switch (error.name)` exhausts.
 *
 * @example
 * import { isLLPayError } from '@llpay/core'
 * const caught: unknown = new Error('not ours')
 * if (isLLPayError(caught)) console.error(caught.code, caught.delivered)
 */
export function isLLPayError(value: unknown): value is AnyLLPayError {
  return typeof value === 'object' && value !== null && ERROR_BRAND in value
}
