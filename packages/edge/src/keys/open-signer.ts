import { parsePrivateKey, type RsaPrivateKey } from '@llpay/core/keys'
import type { SignatureAlgorithm, Signer } from '@llpay/core/signing'

import type { BackendOptions } from '../backend/backend-options.ts'
import { webcryptoSigner } from '../backend/webcrypto.ts'
import type { KeySource } from './key-source.ts'
import { openKey, type Opened } from './open-key.ts'

/** Opens a private key with the first backend that takes it, by signing a message. */
export function openSigner(
  source: KeySource<RsaPrivateKey>,
  algorithm: SignatureAlgorithm,
  options: BackendOptions,
  message: Uint8Array,
): Promise<Opened<Signer, Uint8Array>> {
  return openKey<RsaPrivateKey, Signer, Uint8Array>(
    source,
    { purpose: 'sign', algorithm, options },
    {
      fromNumbers: (backend, numbers) => backend.openSigner(numbers, algorithm),
      fromCryptoKey: (key) => webcryptoSigner(key, algorithm),
      exportNumbers: async (key) =>
        parsePrivateKey(new Uint8Array(await crypto.subtle.exportKey('pkcs8', key))),
    },
    (signer) => signer.sign(message),
  )
}
