import type { RsaPrivateKey, RsaPublicKey } from '@llpay/core/keys'

import { fingerprint } from '../keys/fingerprint.ts'
import type { Output } from '../output/output.ts'

const describe = (key: RsaPublicKey) => `${key.bits} bits, SHA-256 ${fingerprint(key)}`

/** Tells which keys are used, by the fingerprints of their public halves. */
export function tellKeys(
  privateKey: RsaPrivateKey,
  gatewayKeys: readonly RsaPublicKey[],
  output: Output,
): void {
  output.tell('faint', 'merchant key', describe(privateKey.publicKey))
  for (const key of gatewayKeys) output.tell('faint', 'gateway key', describe(key))
}
