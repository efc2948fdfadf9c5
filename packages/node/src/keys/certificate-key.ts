import { X509Certificate } from 'node:crypto'

import { KeyError } from '@llpay/core'
import { summarizeCause } from '@llpay/core/adapter'
import { detectKey } from '@llpay/core/keys'

/**
 * Takes the public key out of an X.509 certificate; anything else stays as it is. Neither its dates
 * nor who issued it are looked at: that this key is LianLian's, the configuration says.
 *
 * @throws {KeyError} `ERR_KEY_INVALID`, `ERR_KEY_UNSUPPORTED`.
 */
export function certificateKey(source: string | Uint8Array): string | Uint8Array {
  const { container, der } = detectKey(source, 'public')
  if (container !== 'certificate') return source
  const { publicKey } = openCertificate(der)
  if (publicKey.asymmetricKeyType === 'rsa')
    return publicKey.export({ format: 'der', type: 'spki' })
  throw new KeyError(
    'ERR_KEY_UNSUPPORTED',
    'The key in the certificate is not a plain RSA key. LianLian signs with RSA.',
  )
}

function openCertificate(der: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(der)
  } catch (error) {
    throw new KeyError(
      'ERR_KEY_INVALID',
      'The certificate is damaged. Was it copied whole? Export it again from where it was made.',
      { cause: summarizeCause(error) },
    )
  }
}
