import { decodeUtf8 } from '../../encoding.ts'
import { bilingual } from '../../errors/bilingual.ts'
import { KeyError, type KeyErrorCode } from '../../errors/key-error.ts'
import type { ErrorText } from '../../errors/ll-pay-error.ts'
import { type Formats, nameFormat } from '../containers.ts'
import { type DetectedKey, detectKey } from '../detect-key.ts'

/** Formats that are less frequent than those that every reader names. */
const RARE: Formats = [
  [/^\s*ssh-rsa /, 'OpenSSH public key'],
  [/^\s*(?:ssh|ecdsa|sk)-[\w@.-]+ AAAA/, 'OpenSSH public key, not RSA'],
  [/---- BEGIN SSH2 PUBLIC KEY/, 'SSH public key'],
  [/PuTTY-User-Key-File/, 'PuTTY key'],
  [/BEGIN (?:NEW )?CERTIFICATE REQUEST-/, 'certificate request'],
  [/BEGIN X509 CRL-/, 'certificate revocation list'],
  [/BEGIN PGP /, 'PGP key'],
  [/BEGIN EC (?:PARAMETERS|PRIVATE KEY)-/, 'EC key'],
  [/BEGIN (?:DSA|DH|X9\.42 DH) /, 'DSA or Diffie-Hellman key'],
  [/^0000000[12]000000/, 'Bouncy Castle keystore (BKS)'],
  [/^1f8b08/, 'gzip data'],
  [/^504b0304/, 'ZIP archive'],
  [/^(?:fffe|feff|2d00|002d|4d00|004d)/, 'UTF-16 text'],
]

const CODES: Readonly<Record<string, KeyErrorCode>> = {
  'gzip data': 'ERR_KEY_INVALID',
  'ZIP archive': 'ERR_KEY_INVALID',
  'UTF-16 text': 'ERR_KEY_INVALID',
  'EC key': 'ERR_KEY_WRONG_KIND',
}

const NOT_RSA = [
  'LianLian signs with RSA: llpay key new FILE generates a key pair.',
  '连连支付使用 RSA：用 llpay key new FILE 生成密钥对。',
] as const

/** What each format is, and the command that converts it. */
const FIXES: Readonly<
  Record<string, readonly [en: string, zh: string, fix: string, zhFix: string]>
> = {
  'OpenSSH private key': [
    'an OpenSSH private key',
    'OpenSSH 私钥',
    'Convert a copy of it: ssh-keygen -p -m PKCS8 -f COPY',
    '转换它的副本：ssh-keygen -p -m PKCS8 -f COPY',
  ],
  'OpenSSH public key': [
    'an OpenSSH public key',
    'OpenSSH 公钥',
    'Convert it: ssh-keygen -e -m PKCS8 -f FILE',
    '转换：ssh-keygen -e -m PKCS8 -f FILE',
  ],
  'OpenSSH public key, not RSA': [
    'an OpenSSH public key, but not an RSA key',
    '非 RSA 的 OpenSSH 公钥',
    ...NOT_RSA,
  ],
  'SSH public key': [
    'an SSH public key',
    'SSH 公钥',
    'Convert it: ssh-keygen -i -f FILE > COPY; ssh-keygen -e -m PKCS8 -f COPY',
    '转换：ssh-keygen -i -f FILE > COPY; ssh-keygen -e -m PKCS8 -f COPY',
  ],
  'PuTTY key': [
    'a PuTTY key',
    'PuTTY 密钥',
    'Convert it: puttygen FILE -O private-openssh -o COPY; ssh-keygen -p -m PKCS8 -f COPY',
    '转换：puttygen FILE -O private-openssh -o COPY; ssh-keygen -p -m PKCS8 -f COPY',
  ],
  'certificate request': [
    'a certificate request',
    '证书请求（CSR）',
    'Extract its public key: openssl req -in FILE -noout -pubkey',
    '取出其中的公钥：openssl req -in FILE -noout -pubkey',
  ],
  'PKCS#7 certificates': [
    'a PKCS#7 bundle of certificates',
    'PKCS#7 证书包',
    'It contains no private key. Extract the certificates: openssl pkcs7 -in FILE -print_certs (add -inform DER for a binary file)',
    '其中没有私钥。取出证书：openssl pkcs7 -in FILE -print_certs（二进制文件加 -inform DER）',
  ],
  'certificate revocation list': [
    'a certificate revocation list',
    '证书吊销列表（CRL）',
    'It contains no key: give the key itself.',
    '其中没有密钥：请提供密钥本身。',
  ],
  'PGP key': [
    'a PGP key',
    'PGP 密钥',
    'LianLian does not use PGP: give the RSA key that is registered in the merchant console.',
    '连连支付不使用 PGP：请提供在商户站登记的 RSA 密钥。',
  ],
  'EC key': ['an EC key (elliptic curves)', '椭圆曲线（EC）密钥', ...NOT_RSA],
  'DSA or Diffie-Hellman key': [
    'a DSA or Diffie-Hellman key',
    'DSA 或 Diffie-Hellman 密钥',
    ...NOT_RSA,
  ],
  'XML of .NET (RSAKeyValue)': [
    'a key in the XML of .NET (RSAKeyValue)',
    '.NET 的 XML 密钥（RSAKeyValue）',
    'Convert it in .NET: rsa.FromXmlString(xml), then rsa.ExportPkcs8PrivateKeyPem() for a private key or rsa.ExportSubjectPublicKeyInfoPem() for a public key',
    '在 .NET 中转换：先 rsa.FromXmlString(xml)，私钥再用 rsa.ExportPkcs8PrivateKeyPem()，公钥用 rsa.ExportSubjectPublicKeyInfoPem()',
  ],
  'PKCS#12 store (.pfx or .p12)': [
    'a PKCS#12 store (.pfx or .p12)',
    'PKCS#12 密钥库（.pfx 或 .p12）',
    'Extract the key: openssl pkcs12 -in FILE -nodes -nocerts -out private.pem (add -legacy for an old store, which OpenSSL 3 does not open otherwise)',
    '取出私钥：openssl pkcs12 -in FILE -nodes -nocerts -out private.pem（OpenSSL 3 打开旧文件需加 -legacy）',
  ],
  'Java keystore (.jks)': [
    'a Java keystore (.jks)',
    'Java 密钥库（.jks）',
    'Convert it to PKCS#12 and extract the key: keytool -importkeystore -srckeystore FILE -destkeystore COPY -deststoretype PKCS12; openssl pkcs12 -in COPY -nodes -nocerts -out private.pem',
    '转为 PKCS#12 再取出私钥：keytool -importkeystore -srckeystore FILE -destkeystore COPY -deststoretype PKCS12; openssl pkcs12 -in COPY -nodes -nocerts -out private.pem',
  ],
  'Bouncy Castle keystore (BKS)': [
    'a Bouncy Castle keystore (BKS)',
    'Bouncy Castle 密钥库（BKS）',
    'Export the key from it as PKCS#8.',
    '从中导出 PKCS#8 格式的密钥。',
  ],
  'gzip data': [
    'a file that is compressed with gzip',
    'gzip 压缩的文件',
    'Decompress it: gunzip -c FILE > COPY',
    '解压：gunzip -c FILE > COPY',
  ],
  'ZIP archive': [
    'a ZIP archive',
    'ZIP 压缩包',
    'Unpack it, and give the file with the key: unzip FILE',
    '解包，给出其中的密钥文件：unzip FILE',
  ],
  'UTF-16 text': [
    'text in UTF-16',
    'UTF-16 编码的文本',
    'Save it as UTF-8: iconv -f UTF-16 -t UTF-8 FILE > COPY',
    '存为 UTF-8：iconv -f UTF-16 -t UTF-8 FILE > COPY',
  ],
}

/** Names a format that llpay does not read, and the command that converts it. */
export function explainFormat(source: string | Uint8Array): KeyError | undefined {
  const name = nameFormat(source, RARE)
  const texts = name === undefined ? undefined : FIXES[name]
  if (name === undefined || texts === undefined) return undefined
  const [en, zh, fix, zhFix] = texts
  return new KeyError(
    CODES[name] ?? 'ERR_KEY_UNSUPPORTED',
    bilingual('key.other-format', [`This is ${en}.`, fix], [`这是 ${zh}。`, zhFix]),
  )
}

/** Where the algorithm's identifier is: after the version, before the key. */
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
/** An encrypted key names its algorithms later. */
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

const RECRYPT =
  'openssl pkey -provider legacy -provider default -in encrypted.pem -aes256 -out private.pem'

/** Names the kind of a key that is not plain RSA, or that is encrypted with an old algorithm. */
export function explainUnsupported(source: string | Uint8Array): ErrorText | undefined {
  const detected = detectKey(source)
  if (isOldCipher(source, detected)) {
    return bilingual(
      'key.old-cipher',
      [
        'The private key is encrypted with an old algorithm (DES or RC2), which current runtimes do not decrypt, whatever the passphrase.',
        `Encrypt it again with AES: ${RECRYPT}`,
      ],
      [
        '私钥用旧算法（DES 或 RC2）加密，当前的运行环境无法解密，与口令是否正确无关。',
        `改用 AES 重新加密：${RECRYPT}`,
      ],
    )
  }
  const hex = hexOf(detected.der, HEAD)
  const kind = KINDS.find(([oid]) => hex.includes(oid))?.[1]
  const [fix, zhFix] = NOT_RSA
  return kind === undefined
    ? undefined
    : bilingual(
        'key.other-kind',
        [`This is a key of type ${kind}.`, fix],
        [`这是 ${kind} 类型的密钥。`, zhFix],
      )
}
