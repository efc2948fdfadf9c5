import { KeyError } from '@llpay/core'

/** What is taken for a key, how it begins, and what to do with it. */
type Foreign = readonly (readonly [start: RegExp, what: string])[]

const RSA_ONLY = 'LianLian takes RSA'

/** Files of text. */
const TEXTS: Foreign = [
  [
    /-----BEGIN OPENSSH PRIVATE KEY-----/,
    'an OpenSSH private key. Convert a copy of it: ssh-keygen -p -m PKCS8 -f COPY',
  ],
  [/^ssh-rsa /, 'an OpenSSH public key. Convert it: ssh-keygen -e -m PKCS8 -f FILE'],
  [/^(?:ssh|ecdsa|sk)-[\w@.-]+ /, `an OpenSSH public key, and not of RSA. ${RSA_ONLY}`],
  [
    /---- BEGIN SSH2 PUBLIC KEY/,
    'an SSH public key. Convert it: ssh-keygen -i -f FILE > COPY; ssh-keygen -e -m PKCS8 -f COPY',
  ],
  [
    /PuTTY-User-Key-File/,
    'a PuTTY key. Export it from PuTTYgen as an OpenSSH key, and convert that',
  ],
  [
    /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----/,
    'a certificate request. Take its key: openssl req -in FILE -noout -pubkey',
  ],
  [
    /-----BEGIN (?:PKCS7|CMS)-----/,
    'a PKCS#7 bundle of certificates. Take them out: openssl pkcs7 -in FILE -print_certs',
  ],
  [/-----BEGIN X509 CRL-----/, 'a list of revoked certificates, which holds no key'],
  [/-----BEGIN PGP /, 'a PGP key, which has nothing to do with LianLian'],
  [/-----BEGIN EC (?:PRIVATE KEY|PARAMETERS)-----/, `a key for elliptic curves. ${RSA_ONLY}`],
  [/-----BEGIN (?:DSA|DH|X9\.42 DH) /, `a key for DSA or Diffie-Hellman. ${RSA_ONLY}`],
  [
    /<RSAKeyValue>/,
    'a key in the XML of .NET. Write it with ExportPkcs8PrivateKeyPem or ExportSubjectPublicKeyInfoPem',
  ],
]

const PKCS12 = 'a PKCS#12 store. Take the key out of it: openssl pkcs12 -in FILE -nodes -nocerts'
const JAVA =
  'a Java keystore. Make it PKCS#12: keytool -importkeystore -srckeystore FILE -destkeystore COPY -deststoretype PKCS12; then openssl pkcs12 -in COPY -nodes -nocerts'

/** Files of bytes, by their beginning in hexadecimal. */
const BYTES: Foreign = [
  // A sequence that begins with version 3 and holds data.
  [/^30(?:80|8[1-4](?:..){1,4}?)02010330/, PKCS12],
  [
    /^30(?:80|8[1-4](?:..){1,4}?)06092a864886f70d010702/,
    'a PKCS#7 bundle of certificates. Take them out: openssl pkcs7 -inform DER -in FILE -print_certs',
  ],
  [/^(?:feedfeed|cececece)/, JAVA],
  [/^0000000[12]000000/, 'a keystore of Bouncy Castle (BKS). Export the key from it as PKCS#8'],
  [
    /^(?:fffe|feff|2d00|002d|4d00|004d)/,
    'text in UTF-16. Save it as UTF-8: iconv -f UTF-16 -t UTF-8 FILE > COPY',
  ],
]

const START = 16

/** A base64 of bytes that begins like this. */
const bytesOf = (bytes: Uint8Array, text: string) =>
  /^[A-Za-z0-9+/\s]{24}/.test(text) ? Buffer.from(text.slice(0, 64), 'base64') : Buffer.from(bytes)

/**
 * Says what a file is that is taken for a key, and is none.
 *
 * @throws {KeyError} `ERR_KEY_UNSUPPORTED`.
 */
export function refuseForeign(bytes: Uint8Array, text: string): void {
  const starts = [Buffer.from(bytes), bytesOf(bytes, text)].map((each) =>
    each.subarray(0, START).toString('hex'),
  )
  const what =
    TEXTS.find(([start]) => start.test(text))?.[1] ??
    BYTES.find(([start]) => starts.some((each) => start.test(each)))?.[1]
  if (what !== undefined) throw new KeyError('ERR_KEY_UNSUPPORTED', `This is ${what}.`)
}
