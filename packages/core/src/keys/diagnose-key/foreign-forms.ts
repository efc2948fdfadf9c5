import { decodeUtf8 } from '../../encoding.ts'
import { KeyError, type KeyErrorCode } from '../../errors/key-error.ts'
import { type Forms, nameForm } from '../containers.ts'
import { type DetectedKey, detectKey } from '../detect-key.ts'

const EC = 'an EC key (for elliptic curves)'
const UTF16 = 'text in UTF-16'

/** What people give less often. */
const RARE: Forms = [
  [/^\s*ssh-rsa /, 'an OpenSSH public key'],
  [/^\s*(?:ssh|ecdsa|sk)-[\w@.-]+ AAAA/, 'an OpenSSH public key, and not of RSA'],
  [/---- BEGIN SSH2 PUBLIC KEY/, 'an SSH public key'],
  [/PuTTY-User-Key-File/, 'a PuTTY key'],
  [/BEGIN (?:NEW )?CERTIFICATE REQUEST-/, 'a certificate request'],
  [/BEGIN X509 CRL-/, 'a list of revoked certificates'],
  [/BEGIN PGP /, 'a PGP key'],
  [/BEGIN EC (?:PARAMETERS|PRIVATE KEY)-/, EC],
  [/BEGIN (?:DSA|DH|X9\.42 DH) /, 'a key for DSA or Diffie-Hellman'],
  [/^0000000[12]000000/, 'a Bouncy Castle keystore (BKS)'],
  [/^(?:fffe|feff|2d00|002d|4d00|004d)/, UTF16],
]

const CODES: Readonly<Record<string, KeyErrorCode>> = {
  [UTF16]: 'ERR_KEY_INVALID',
  [EC]: 'ERR_KEY_WRONG_KIND',
}

const RSA_ONLY = 'LianLian takes RSA: llpay key new FILE generates a key pair'

/** What to do with each form that llpay does not read. */
const FIXES: Readonly<Record<string, string>> = {
  'an OpenSSH private key': 'Convert a copy of it: ssh-keygen -p -m PKCS8 -f COPY',
  'an OpenSSH public key': 'Convert it: ssh-keygen -e -m PKCS8 -f FILE',
  'an OpenSSH public key, and not of RSA': RSA_ONLY,
  'an SSH public key': 'Convert it: ssh-keygen -i -f FILE > COPY; ssh-keygen -e -m PKCS8 -f COPY',
  'a PuTTY key':
    'Convert it: puttygen FILE -O private-openssh -o COPY; ssh-keygen -p -m PKCS8 -f COPY',
  'a certificate request': 'Take its public key out of it: openssl req -in FILE -noout -pubkey',
  'a PKCS#7 bundle of certificates':
    'It holds no private key. Take the certificates out: openssl pkcs7 -in FILE -print_certs (add -inform DER for a binary file)',
  'a list of revoked certificates': 'It holds no key',
  'a PGP key': 'It has nothing to do with LianLian',
  [EC]: RSA_ONLY,
  'a key for DSA or Diffie-Hellman': RSA_ONLY,
  'a key in the XML of .NET (RSAKeyValue)':
    'Convert it in .NET: rsa.FromXmlString(xml), then rsa.ExportPkcs8PrivateKeyPem() for a private key or rsa.ExportSubjectPublicKeyInfoPem() for a public one',
  'a PKCS#12 store (.pfx or .p12)':
    'Take the key out of it: openssl pkcs12 -in FILE -nodes -nocerts -out private.pem (add -legacy for an old store, which OpenSSL 3 does not open otherwise)',
  'a Java keystore (.jks)':
    'Convert it to PKCS#12, and take the key out: keytool -importkeystore -srckeystore FILE -destkeystore COPY -deststoretype PKCS12; openssl pkcs12 -in COPY -nodes -nocerts -out private.pem',
  'a Bouncy Castle keystore (BKS)': 'Export the key from it as PKCS#8',
  [UTF16]: 'Save it as UTF-8: iconv -f UTF-16 -t UTF-8 FILE > COPY',
}

/** Names a form that llpay does not read, and the command that converts it. */
export function convertForm(source: string | Uint8Array): KeyError | undefined {
  const name = nameForm(source, RARE)
  return name === undefined
    ? undefined
    : new KeyError(CODES[name] ?? 'ERR_KEY_UNSUPPORTED', `This is ${name}. ${FIXES[name] ?? ''}.`)
}

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
