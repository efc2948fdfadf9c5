import { parsePublicKey, type RsaPublicKey } from '@llpay/core/keys'
import type { SignatureAlgorithm, Verifier } from '@llpay/core/signing'

import type { BackendOptions } from '../backend/backend-options.ts'
import { webcryptoVerifier } from '../backend/webcrypto.ts'
import type { KeySource } from './key-source.ts'
import { openKey, type Opened } from './open-key.ts'

/** Opens a public key with the first backend that takes it, by verifying a signature. */
export function openVerifier(
  source: KeySource<RsaPublicKey>,
  algorithm: SignatureAlgorithm,
  options: BackendOptions,
): Promise<Opened<Verifier, boolean>> {
  const { bits } = source.kind === 'numbers' ? source.numbers : source.standIn
  const emptySignature = new Uint8Array(Math.ceil(bits / 8))
  return openKey<RsaPublicKey, Verifier, boolean>(
    source,
    { purpose: 'verify', algorithm, options },
    {
      fromNumbers: (backend, numbers) => backend.openVerifier(numbers, algorithm),
      fromCryptoKey: (key) => webcryptoVerifier(key, bits, algorithm),
      exportNumbers: async (key) =>
        parsePublicKey(new Uint8Array(await crypto.subtle.exportKey('spki', key))),
    },
    (verifier) => verifier.verify(new Uint8Array(), emptySignature),
  )
}
