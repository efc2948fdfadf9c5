export { ConfigError, type ConfigErrorCode } from './config-error.ts'
export { isLLPayError } from './is-ll-pay-error.ts'
export { KeyError, type KeyErrorCode } from './key-error.ts'
export { LLPayError, type Delivered, type LLPayErrorOptions } from './ll-pay-error.ts'
export { ParameterError, type ParameterIssue } from './parameter-error.ts'
export { ProtocolError, type ProtocolErrorCode } from './protocol-error.ts'
export { RejectedError, type RejectedErrorCode, type Rejection } from './rejected-error.ts'
export { SignatureError, type SignatureErrorCode } from './signature-error.ts'
export { SigningError, type SigningErrorCode } from './signing-error.ts'
export {
  TransportError,
  type TransportErrorCode,
  type TransportErrorOptions,
} from './transport-error.ts'
export { UnknownOutcomeError, type LastSeen, type UnknownOutcome } from './unknown-outcome-error.ts'
