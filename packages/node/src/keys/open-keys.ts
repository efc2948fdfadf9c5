import { checkAlgorithm, missingKey } from '@llpay/core/adapter'
import type { RsaPublicKey } from '@llpay/core/keys'
import type { SignatureAlgorithm, Signer, Verifier } from '@llpay/core/signing'

import { nodeSigner, nodeVerifier } from '../backend/node-crypto.ts'
import type { GatewayKey } from '../config.ts'
import {
  importPrivateKey,
  importPublicKey,
  type PrivateKeyInput,
  type PrivateKeyOptions,
  type PublicKeyInput,
} from './import-key.ts'

/**
 * Makes a signer of an RSA private key. The key is read once, here.
 *
 * @throws {KeyError} `ERR_KEY_INVALID`, `ERR_KEY_WRONG_KIND`, `ERR_KEY_UNSUPPORTED`,
 *   `ERR_KEY_TOO_SMALL`.
 * @throws {ConfigError} `ERR_CONFIG_INVALID` for an algorithm that llpay does not know.
 * @example
 * import { createSigner } from '@llpay/node'
 * const signer = await createSigner(process.env['LLPAY_PRIVATE_KEY'] ?? '', 'MD5withRSA')
 * const signature = await signer.sign(new TextEncoder().encode('sign_type=RSA'))
 * console.log(signature.length)
 */
export async function createSigner(
  key: PrivateKeyInput,
  algorithm: SignatureAlgorithm,
  options?: PrivateKeyOptions,
): Promise<Signer> {
  checkAlgorithm(algorithm)
  return nodeSigner(importPrivateKey(key, options).handle, algorithm)
}

/**
 * Makes a verifier of an RSA public key. The key is read once, here.
 *
 * @throws {KeyError} `ERR_KEY_INVALID`, `ERR_KEY_WRONG_KIND`, `ERR_KEY_UNSUPPORTED`,
 *   `ERR_KEY_TOO_SMALL`.
 * @throws {ConfigError} `ERR_CONFIG_INVALID` for an algorithm that llpay does not know.
 * @example
 * import { createVerifier } from '@llpay/node'
 * const verifier = await createVerifier(process.env['LLPAY_GATEWAY_KEY'] ?? '', 'MD5withRSA')
 * console.log(await verifier.verify(new Uint8Array(), new Uint8Array(128)))
 */
export async function createVerifier(
  key: PublicKeyInput,
  algorithm: SignatureAlgorithm,
): Promise<Verifier> {
  checkAlgorithm(algorithm)
  const { numbers, handle } = importPublicKey(key)
  return nodeVerifier(handle, numbers.bits, algorithm)
}

/** A verifier of LianLian's; `numbers` is undefined for a `Verifier` of the caller's own. */
export interface OpenedGatewayKey {
  readonly verifier: Verifier
  readonly numbers: RsaPublicKey | undefined
}

function open(key: GatewayKey): OpenedGatewayKey {
  if (typeof key === 'object' && 'verify' in key) return { verifier: key, numbers: undefined }
  const { numbers, handle } = importPublicKey(key)
  return { verifier: nodeVerifier(handle, numbers.bits, 'MD5withRSA'), numbers }
}

/**
 * Reads LianLian's public key, or several while it rotates.
 *
 * @throws {ConfigError} `ERR_CONFIG_MISSING`.
 * @throws {KeyError} for a key that cannot be read.
 */
export function openGatewayKeys(
  given: GatewayKey | readonly GatewayKey[],
): readonly OpenedGatewayKey[] {
  const keys = [given].flat()
  if (keys.length === 0 || keys.some((key) => key === undefined || key === null)) {
    throw missingKey('gatewayPublicKey', "LianLian's public")
  }
  return keys.map(open)
}
