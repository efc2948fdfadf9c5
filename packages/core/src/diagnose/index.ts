/**
 * Why a message does not verify: what was signed in its place, with which key, or how it was altered.
 *
 * @module @llpay/core/diagnose
 */
export { visible } from '../encoding/visible.ts'
export type { LocalizedText } from '../encoding/localized.ts'
export {
  LEFT_OUT_REASONS,
  traceCanonical,
  type CanonicalSteps,
  type LeftOutReason,
} from './canonical-steps.ts'
export type { Cause } from './cause.ts'
export {
  diagnose,
  knownNames,
  readReceived,
  type DiagnoseOptions,
  type SignatureFacts,
  type VerifyReport,
} from './diagnose.ts'
export { lintMessage } from './lint-message.ts'
export type { Compression, Decompress, DiagnoseKey, Digest, HashName, OtherKey } from './ports.ts'
export type { Charset, ReceivedMember, ReceivedMessage } from './received.ts'
