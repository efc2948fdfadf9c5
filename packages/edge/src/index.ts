/**
 * LianLian Pay for Cloudflare Workers, Deno, Bun, edge functions and browsers.
 *
 * @module @llpay/edge
 */
export * from '@llpay/core'
export {
  compareMoney,
  memorySeen,
  type ExpectedRecord,
  type HandlerContext,
  type NotificationHandler,
  type NotificationHandling,
  type NotificationKind,
  type NotificationOf,
  type SeenClaim,
  type SeenStore,
} from '@llpay/core/notifications'

export type { BackendName } from './backend/backends.ts'
export type { BackendOptions } from './backend/backends.ts'
export type { BackendTrial } from './backend/probe.ts'
export { probeBackends, type BackendChoice, type BackendReport } from './backend/select-backend.ts'
export type { ClientConfig } from './config.ts'
export { createClient } from './create-client.ts'
export { createSigner, type EdgeSigner } from './create-signer.ts'
export { createVerifier, type EdgeVerifier } from './create-verifier.ts'
export type { CryptoKeyLike, GatewayKey, KeyInput } from './keys/key-input.ts'
export {
  createNotificationHandler,
  verifyNotification,
  type NotificationConfig,
  type NotificationKeys,
} from './notifications/receive.ts'
