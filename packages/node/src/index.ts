/**
 * LianLian Pay for Node.js.
 *
 * @module @llpay/node
 */
export * from '@llpay/core'

export type { ClientConfig, GatewayKey } from './config.ts'
export { createClient } from './create-client.ts'
export { createSigner } from './create-signer.ts'
export { createVerifier } from './create-verifier.ts'
export { readPrivateKey, readPublicKey, type PrivateKeyOptions } from './keys/import-key.ts'
export type { KeyForm, KeyObjectLike, PrivateKeyInput, PublicKeyInput } from './keys/import-key.ts'
export type { DispatcherLike, NetworkConfig, Pem, TlsConfig } from './config.ts'
export { proxyFor } from './network/read-proxy.ts'
