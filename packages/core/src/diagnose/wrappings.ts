import { decodeUtf8, encodeBase64, encodeUtf8 } from '../encoding.ts'
import { latin1Bytes, toHex } from './bytes.ts'
import { cause } from './cause.ts'
import type { Digest } from './ports.ts'
import { formEncode } from './rewrite-encodings.ts'
import type { Variation } from './search.ts'

type Wrap = (bytes: Uint8Array) => Uint8Array

const onText =
  (change: (text: string) => string): Wrap =>
  (bytes) =>
    encodeUtf8(change(decodeUtf8(bytes) ?? ''))

const HASHED = 'sign the text itself; MD5withRSA hashes it once.'
const HASHED_ZH = '应直接对待签名串签名，MD5withRSA 自带一次摘要。'

const hashed = (what: string, whatZh: string) =>
  cause('text.hashed', `The ${what}: ${HASHED}`, `对待签名串的 ${whatZh}签了名：${HASHED_ZH}`)

/** Changes of the text as a whole before signing. */
export function wrappings(digest: Digest): Variation<Wrap>[] {
  const md5: Wrap = (bytes) => digest('md5', bytes)
  const hexOf =
    (hash: Wrap): Wrap =>
    (bytes) =>
      latin1Bytes(toHex(hash(bytes)))
  return [
    { step: (bytes) => bytes },
    {
      cause: hashed('MD5 of the text was signed, as hexadecimal text', 'MD5（十六进制文本）'),
      step: hexOf(md5),
    },
    {
      cause: hashed(
        'MD5 of the text was signed, as hexadecimal text in upper case',
        'MD5（大写十六进制文本）',
      ),
      step: (bytes) => latin1Bytes(toHex(md5(bytes)).toUpperCase()),
    },
    { cause: hashed('MD5 of the text was signed, as bytes', 'MD5（原始字节）'), step: md5 },
    {
      cause: hashed('MD5 of the text was signed, as base64', 'MD5（base64 文本）'),
      step: (bytes) => latin1Bytes(encodeBase64(md5(bytes))),
    },
    {
      cause: hashed('SHA-1 of the text was signed', 'SHA-1 '),
      step: hexOf((bytes) => digest('sha1', bytes)),
    },
    {
      cause: hashed('SHA-256 of the text was signed', 'SHA-256 '),
      step: hexOf((bytes) => digest('sha256', bytes)),
    },
    {
      cause: cause(
        'text.base64',
        'The text was signed in base64: sign the text itself.',
        '对待签名串的 base64 签了名：应直接对待签名串签名。',
      ),
      step: (bytes) => latin1Bytes(encodeBase64(bytes)),
    },
    {
      cause: cause(
        'text.url-encoded',
        'The text was URL-encoded as a whole for the signature: sign it without any encoding.',
        '待签名串整体做了 URL 编码：签名前不做任何编码。',
      ),
      step: onText(encodeURIComponent),
    },
    {
      cause: cause(
        'text.form-encoded',
        'The text was form-encoded as a whole for the signature: sign it without any encoding.',
        '待签名串整体做了表单编码：签名前不做任何编码。',
      ),
      step: onText(formEncode),
    },
    {
      cause: cause(
        'text.upper-case',
        'The text was signed in upper case: sign it as it is.',
        '待签名串被转成大写：应按原样签名。',
      ),
      step: onText((text) => text.toUpperCase()),
    },
    {
      cause: cause(
        'text.lower-case',
        'The text was signed in lower case: sign it as it is.',
        '待签名串被转成小写：应按原样签名。',
      ),
      step: onText((text) => text.toLowerCase()),
    },
  ]
}
