import { decodeUtf8 } from '../../encoding/utf8.ts'
import { detectKey, type DetectedKey } from '../detect-key.ts'

/** Where the identifier of the algorithm is: behind a version, and before the key. */
const HEAD = 64

/** Object identifiers in hexadecimal, as DER has them, and the kind of key that each stands for. */
const KINDS: readonly (readonly [oid: string, kind: string])[] = [
  ['06082a811ccf5501822d', 'SM2'],
  ['06072a8648ce3d0201', 'ec'],
  ['06092a864886f70d01010a', 'rsa-pss'],
  ['06032b6570', 'ed25519'],
  ['06032b6571', 'ed448'],
  ['06032b656e', 'x25519'],
  ['06032b656f', 'x448'],
  ['06072a8648ce380401', 'dsa'],
  ['06092a864886f70d010301', 'dh'],
]

/** Encryption with DES or RC2 in PKCS#8: the schemes of PKCS#5 and PKCS#12, and the ciphers themselves. */
const OLD_CIPHERS =
  /06092a864886f70d01050(?:[1346]|[ab])30|060a2a864886f70d010c010[56]|06052b0e030207|06082a864886f70d0302/
/** The same in PEM that was encrypted before PKCS#8. */
const OLD_HEADER = /DEK-Info:\s*(?:DES-CBC|RC2)/
/** An encrypted key names its algorithms further behind. */
const ENCRYPTED_HEAD = 128

function hexOf(der: Uint8Array, length: number): string {
  const head = Array.from(der.subarray(0, length), (byte) => byte.toString(16).padStart(2, '0'))
  return head.join('')
}

function isOldCipher(source: string | Uint8Array, { container, der }: DetectedKey): boolean {
  if (container === 'encrypted-pkcs8') return OLD_CIPHERS.test(hexOf(der, ENCRYPTED_HEAD))
  const text = typeof source === 'string' ? source : (decodeUtf8(source) ?? '')
  return container === 'encrypted-pkcs1' && OLD_HEADER.test(text)
}

/** What an old algorithm means for a key that is encrypted with it. */
const OLD_CIPHER_SAYS =
  'The private key is encrypted with an old algorithm (DES or RC2), which current runtimes do not decrypt, whatever the passphrase. Encrypt it again with AES: openssl pkey -provider legacy -provider default -in encrypted.pem -aes256 -out private.pem'

/** Says what kind of key it is that is not for plain RSA, or is encrypted with an old algorithm. */
export function explainUnsupported(source: string | Uint8Array): string | undefined {
  const detected = detectKey(source)
  if (isOldCipher(source, detected)) return OLD_CIPHER_SAYS
  const hex = hexOf(detected.der, HEAD)
  const kind = KINDS.find(([oid]) => hex.includes(oid))?.[1]
  return kind === undefined
    ? undefined
    : `This is a key of the kind ${kind}. LianLian signs with RSA: llpay key new FILE generates a key pair.`
}
