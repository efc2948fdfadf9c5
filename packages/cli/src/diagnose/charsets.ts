import { isAscii, isUtf8 } from 'node:buffer'

import { createGbkEncoder } from './encode-gbk.ts'
import type { Variation } from './variation.ts'

const utf16 = (text: string) => Buffer.from(text, 'utf16le')
const MARK = '\uFEFF'

/** Text whose bytes in ISO 8859-1 are UTF-8 again was encoded twice, which is said elsewhere. */
function encodeLatin1(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'latin1')
  return isUtf8(bytes) && !isAscii(bytes) ? undefined : bytes
}

/** Which bytes stand for the text. */
export function charsets(): Variation<(text: string) => Uint8Array | undefined>[] {
  const encodeGbk = createGbkEncoder()
  return [
    { says: '', step: (text) => Buffer.from(text, 'utf8') },
    {
      says: 'The signed text begins with a byte order mark: sign it without one.',
      step: (text) => Buffer.from(MARK + text, 'utf8'),
    },
    { says: 'The text was signed in GBK: sign it in UTF-8.', step: encodeGbk },
    {
      says: 'The text was signed in ISO 8859-1, which has no Chinese: sign it in UTF-8.',
      step: encodeLatin1,
    },
    ...[utf16, (text: string) => utf16(text).swap16()].flatMap((encode) =>
      ['', MARK].map((mark) => ({
        says: 'The text was signed in UTF-16: sign it in UTF-8.',
        step: (text: string) => encode(mark + text),
      })),
    ),
    {
      says: 'The text was signed in ASCII, with a question mark for every other character: sign it in UTF-8.',
      step: (text) => Buffer.from(text.replaceAll(/[^\0-\x7f]/gu, '?'), 'latin1'),
    },
  ]
}
