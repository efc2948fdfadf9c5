/**
 * LianLian Pay for Node.js.
 *
 * @module @llpay/node
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

export type { ClientConfig, GatewayKey } from './config.ts'
export { createClient } from './create-client.ts'
export { createSigner, createVerifier } from './keys/open-keys.ts'
export { readPrivateKey, readPublicKey, type PrivateKeyOptions } from './keys/import-key.ts'
export type { KeyForm, KeyObjectLike, PrivateKeyInput, PublicKeyInput } from './keys/import-key.ts'
export type { DispatcherLike, NetworkConfig, Pem, TlsConfig } from './config.ts'
export { proxyFor } from './network/read-proxy.ts'
export {
  createNotificationHandler,
  verifyNotification,
  type NotificationConfig,
  type NotificationKeys,
} from './notifications/receive.ts'
export { toNodeListener, type NodeListener } from './notifications/to-node-listener.ts'
