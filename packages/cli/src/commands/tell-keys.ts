import { createHash } from 'node:crypto'

import { parsePrivateKey, parsePublicKey, type RsaPublicKey } from '@llpay/core/keys'

import type { Output } from '../output/output.ts'

/** The SHA-256 of a public key's SubjectPublicKeyInfo: enough to tell keys apart, and no secret. */
function fingerprint(key: RsaPublicKey): string {
  return `${key.bits} bits, SHA-256 ${createHash('sha256').update(key.spki).digest('base64')}`
}

/** Tells which keys are used, by the fingerprints of their public halves. */
export function tellKeys(
  privateKey: string | Uint8Array,
  gatewayKeys: readonly (string | Uint8Array)[],
  output: Output,
): void {
  output.tell('faint', 'merchant key', fingerprint(parsePrivateKey(privateKey).publicKey))
  for (const key of gatewayKeys) {
    output.tell('faint', 'gateway key', fingerprint(parsePublicKey(key)))
  }
}
