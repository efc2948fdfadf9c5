import { KeyError } from '../../errors/key-error.ts'
import { codeOf, nameForm } from '../name-form.ts'

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
  'an EC key (for elliptic curves)': RSA_ONLY,
  'a key for DSA or Diffie-Hellman': RSA_ONLY,
  'a key in the XML of .NET (RSAKeyValue)':
    'Convert it in .NET: rsa.FromXmlString(xml), then rsa.ExportPkcs8PrivateKeyPem() for a private key or rsa.ExportSubjectPublicKeyInfoPem() for a public one',
  'a PKCS#12 store (.pfx or .p12)':
    'Take the key out of it: openssl pkcs12 -in FILE -nodes -nocerts -out private.pem (add -legacy for an old store, which OpenSSL 3 does not open otherwise)',
  'a Java keystore (.jks)':
    'Convert it to PKCS#12, and take the key out: keytool -importkeystore -srckeystore FILE -destkeystore COPY -deststoretype PKCS12; openssl pkcs12 -in COPY -nodes -nocerts -out private.pem',
  'a Bouncy Castle keystore (BKS)': 'Export the key from it as PKCS#8',
  'text in UTF-16': 'Save it as UTF-8: iconv -f UTF-16 -t UTF-8 FILE > COPY',
}

/** Names a form that llpay does not read, and the command that converts it. */
export function convertForm(source: string | Uint8Array): KeyError | undefined {
  const name = nameForm(source)
  return name === undefined
    ? undefined
    : new KeyError(codeOf(name), `This is ${name}. ${FIXES[name] ?? ''}.`)
}
