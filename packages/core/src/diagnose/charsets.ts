import { decodeUtf8, encodeUtf8 } from '../encoding.ts'
import { decodeGbk, encodeGbk, latin1Bytes, latin1Text, swapPairs, utf16Bytes } from './bytes.ts'
import { cause } from './cause.ts'
import type { Variation } from './search.ts'

/** Windows-1252 from 0x80 to 0x9f; the rest of it is ISO 8859-1. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

const NOT_ASCII = /[^\0-\x7f]/

function windows1252Bytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length)
  for (const [index, unit] of text.split('').entries()) {
    const code = unit.charCodeAt(0)
    const special = WINDOWS_1252.indexOf(unit)
    if (special !== -1) bytes[index] = 0x80 + special
    else if (code > 0xff) return undefined
    else bytes[index] = code
  }
  return bytes
}

const windows1252Text = (bytes: Uint8Array) =>
  latin1Text(bytes).replaceAll(
    /[\x80-\x9f]/g,
    (unit) => WINDOWS_1252[unit.charCodeAt(0) - 0x80] ?? unit,
  )

/** A charset that bytes may have been misread in. */
interface Reading {
  readonly name: string
  readonly write: (text: string) => Uint8Array | undefined
  readonly read: (bytes: Uint8Array) => string | undefined
}

const LATIN1: Reading = {
  name: 'ISO 8859-1',
  write: (text) => (/[^\0-\xff]/.test(text) ? undefined : latin1Bytes(text)),
  read: latin1Text,
}
const ANSI: Reading = {
  name: 'windows-1252',
  write: windows1252Bytes,
  read: windows1252Text,
}

/** Undoes a misreading; text that it does not explain stays. */
const undo = (wrong: Reading, right: Reading) => (text: string) => {
  if (!NOT_ASCII.test(text)) return text
  const bytes = wrong.write(text)
  return (bytes && right.read(bytes)) ?? text
}

/** Reads text as a program with the wrong charset would. */
const redo = (wrong: Reading, right: Reading) => (text: string) => {
  if (!NOT_ASCII.test(text)) return text
  const bytes = right.write(text)
  return (bytes && wrong.read(bytes)) ?? text
}

/** Whether text probably comes from another charset, read as ISO 8859-1. */
function isMisread(text: string): boolean {
  if (!NOT_ASCII.test(text)) return false
  const bytes = LATIN1.write(text)
  if (bytes === undefined) return false
  const decoded = decodeUtf8(bytes) ?? decodeGbk(bytes)
  return decoded !== undefined && /[\u4e00-\u9fff]/.test(decoded)
}

/** Values whose bytes were read in the wrong charset. */
export function misreadings(): Variation<(text: string) => string>[] {
  const utf8: Reading = { name: 'UTF-8', write: encodeUtf8, read: decodeUtf8 }
  const gbk: Reading = { name: 'GBK', write: encodeGbk, read: decodeGbk }
  const pairs: readonly (readonly [right: Reading, wrong: Reading])[] = [
    [utf8, LATIN1],
    [utf8, ANSI],
    [utf8, gbk],
    [gbk, LATIN1],
    [gbk, ANSI],
  ]
  return pairs.flatMap(([right, wrong]) => {
    const isTwice = right === utf8 && wrong !== gbk
    const holds = isTwice ? 'text that was encoded as UTF-8 twice' : 'garbled text'
    const holdsZh = isTwice ? '重复做了 UTF-8 编码的文本' : '乱码'
    const was = isTwice ? 'encoded as UTF-8 twice' : 'garbled'
    const wasZh = isTwice ? '被重复做了 UTF-8 编码' : '已成乱码'
    return [
      {
        cause: cause(
          'value.misread',
          `The message has ${holds}: its bytes are ${right.name}, and were read as ${wrong.name}. The signature is over the right text. Read it as ${right.name}.`,
          `报文里是${holdsZh}：字节实际是 ${right.name}，却按 ${wrong.name} 读取；签名针对的是正确的文本。应按 ${right.name} 读取。`,
        ),
        step: undo(wrong, right),
      },
      {
        cause: cause(
          'value.signed-misread',
          `The text was ${was} for the signature: its ${right.name} bytes were read as ${wrong.name}. Sign the text that is sent.`,
          `签名前文本${wasZh}：${right.name} 字节被按 ${wrong.name} 读取。应对实际发送的文本签名。`,
        ),
        step: redo(wrong, right),
      },
    ]
  })
}

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

/** The encodings of the text. */
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
