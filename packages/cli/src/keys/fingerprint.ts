import { createHash } from 'node:crypto'

import type { RsaPublicKey } from '@llpay/core/keys'

/** The SHA-256 of a public key's SubjectPublicKeyInfo, in base64: tells keys apart, and is no secret. */
export function fingerprint(key: RsaPublicKey): string {
  return createHash('sha256').update(key.spki).digest('base64')
}
