/** Files that people take for RSA keys: how each begins, what it is, and what to do with it. */
export const FOREIGN_FILES: readonly (readonly [start: RegExp, what: string])[] = [
  [
    /-----BEGIN OPENSSH PRIVATE KEY-----/,
    'an OpenSSH private key. Convert a copy of it: ssh-keygen -p -m PKCS8 -f COPY',
  ],
  [
    /^ssh-(?:rsa|ed25519|dss) /,
    'an OpenSSH public key. Convert it: ssh-keygen -e -m PKCS8 -f FILE',
  ],
  [
    /PuTTY-User-Key-File/,
    'a PuTTY key. Export it from PuTTYgen as an OpenSSH key, and convert that',
  ],
  [
    /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----/,
    'a certificate request. Take its key: openssl req -in FILE -noout -pubkey',
  ],
  [/-----BEGIN PGP /, 'a PGP key, which has nothing to do with LianLian'],
  [
    /-----BEGIN EC (?:PRIVATE KEY|PARAMETERS)-----/,
    'a key for elliptic curves. LianLian takes RSA',
  ],
  [/-----BEGIN DSA /, 'a DSA key. LianLian takes RSA'],
]

/** The beginning of PKCS#12 (.p12, .pfx): a sequence that begins with version 3 and holds data. */
export const PKCS12 = /^3082....020103308/
