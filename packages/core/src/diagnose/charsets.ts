import { decodeUtf8, encodeUtf8 } from '../encoding/utf8.ts'
import { latin1Bytes, swapPairs, utf16Bytes } from './bytes.ts'
import { cause } from './cause.ts'
import { encodeGbk } from './encode-gbk.ts'
import { isMisread } from './misread.ts'
import type { Variation } from './variation.ts'

type Encode = (text: string) => Uint8Array | undefined

const MARK = '\uFEFF'
const isAscii = (text: string) => /^[\0-\x7f]*$/.test(text)

/** Text that another charset would explain better is left to the rewrites. */
function encodeLatin1(text: string): Uint8Array | undefined {
  if (!/[\x80-\xff]/.test(text) || isMisread(text)) return undefined
  return latin1Bytes(text.replaceAll(/[^\0-\xff]/gu, '?'))
}

/** Text whose bytes in GBK are UTF-8 was read in the wrong charset, which the rewrites say. */
function unlessUtf8(bytes: Uint8Array | undefined): Uint8Array | undefined {
  const text = bytes && decodeUtf8(bytes)
  return text !== undefined && /[\u4e00-\u9fff]/.test(text) ? undefined : bytes
}

/** UTF-8 of each half of a character beyond U+FFFF, as Java writes it in places. */
function encodeCesu8(text: string): Uint8Array | undefined {
  if (!/[\u{10000}-\u{10ffff}]/u.test(text)) return undefined
  const bytes: number[] = []
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) bytes.push(unit)
    else if (unit < 0x800) bytes.push(0xc0 | (unit >> 6), 0x80 | (unit & 0x3f))
    else bytes.push(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f))
  }
  return Uint8Array.from(bytes)
}

const UTF16 = cause(
  'charset.utf-16',
  'The text was signed in UTF-16: sign it in UTF-8.',
  '按 UTF-16 编码签了名：应按 UTF-8 编码签名。',
)

/** Which bytes stand for the text. */
export function charsets(): Variation<Encode>[] {
  const unlessAscii =
    (encode: Encode): Encode =>
    (text) =>
      isAscii(text) ? undefined : encode(text)
  return [
    { step: encodeUtf8 },
    {
      cause: cause(
        'charset.byte-order-mark',
        'The signed text begins with a byte order mark: sign it without one.',
        '待签名串以字节序标记（BOM）开头：去掉后再签名。',
      ),
      step: (text) => encodeUtf8(MARK + text),
    },
    {
      cause: cause(
        'charset.gbk',
        'The text was signed in GBK: sign it in UTF-8.',
        '按 GBK 编码签了名：应按 UTF-8 编码签名。',
      ),
      step: unlessAscii((text) => unlessUtf8(encodeGbk(text))),
    },
    {
      cause: cause(
        'charset.latin1',
        'The text was signed in ISO 8859-1, which has no Chinese: sign it in UTF-8.',
        '按不含中文的 ISO 8859-1 编码签了名：应按 UTF-8 编码签名。',
      ),
      step: encodeLatin1,
    },
    {
      cause: cause(
        'charset.ascii',
        'The text was signed in a charset without Chinese, such as ASCII or ISO 8859-1, with a question mark for every character that it lacks: sign it in UTF-8.',
        '按不含中文的字符集（如 ASCII、ISO 8859-1）签了名，其中没有的字符都变成了问号：应按 UTF-8 编码签名。',
      ),
      step: unlessAscii((text) => latin1Bytes(text.replaceAll(/[^\0-\x7f]/gu, '?'))),
    },
    {
      cause: cause(
        'charset.cesu-8',
        'Characters beyond U+FFFF, such as emoji, were signed as two halves of three bytes each (CESU-8): sign them in UTF-8.',
        'U+FFFF 以上的字符（如表情符号）被拆成两个三字节编码（CESU-8）签名：应按 UTF-8 编码签名。',
      ),
      step: encodeCesu8,
    },
    ...['', MARK].flatMap((mark) => [
      { cause: UTF16, step: (text: string) => utf16Bytes(mark + text) },
      { cause: UTF16, step: (text: string) => swapPairs(utf16Bytes(mark + text)) },
    ]),
  ]
}
