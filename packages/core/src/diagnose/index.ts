/**
 * Why a message does not verify: what was signed in its place, with which key, or how it was altered.
 *
 * @module @llpay/core/diagnose
 */
export { type LocalizedText, visible } from '../text.ts'
export {
  type CanonicalSteps,
  LEFT_OUT_REASONS,
  type LeftOutReason,
  traceCanonical,
} from './canonical-steps.ts'
export type { Cause } from './cause.ts'
export {
  diagnose,
  type DiagnoseOptions,
  knownNames,
  readReceived,
  type SignatureFacts,
  type VerifyReport,
} from './diagnose.ts'
export { lintMessage } from './lint-message.ts'
export type { Compression, Decompress, DiagnoseKey, Digest, HashName, OtherKey } from './ports.ts'
export type { Charset, ReceivedMember, ReceivedMessage } from './received.ts'
