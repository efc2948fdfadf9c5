import { decodeUtf8, encodeUtf8 } from '../encoding/utf8.ts'
import { latin1Bytes, latin1Text } from './bytes.ts'
import { cause } from './cause.ts'
import { decodeGbk, encodeGbk } from './encode-gbk.ts'
import type { Variation } from './variation.ts'

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

/** A charset in which bytes may have been read that are something else. */
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

/** Reads text as a program with the wrong charset would have. */
const redo = (wrong: Reading, right: Reading) => (text: string) => {
  if (!NOT_ASCII.test(text)) return text
  const bytes = right.write(text)
  return (bytes && wrong.read(bytes)) ?? text
}

/** Whether text is likely that of another charset, read as ISO 8859-1. */
export function isMisread(text: string): boolean {
  if (!NOT_ASCII.test(text)) return false
  const bytes = LATIN1.write(text)
  if (bytes === undefined) return false
  const decoded = decodeUtf8(bytes) ?? decodeGbk(bytes)
  return decoded !== undefined && /[\u4e00-\u9fff]/.test(decoded)
}

/** Values whose bytes were read in another charset than they were written in. */
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
          `The message holds ${holds}: its bytes are ${right.name}, and were read as ${wrong.name}. The signature is over the right text. Read it as ${right.name}.`,
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
