import { cause } from './cause.ts'
import { misreadings } from './charsets.ts'
import { ESCAPE_REWRITES, HTML_REWRITES, URL_REWRITES } from './rewrite-encodings.ts'
import { JSON_REWRITES } from './rewrite-json.ts'
import type { Rewrite } from './search.ts'

const WIDTH = 0xfee0
const toHalfWidth = (text: string) =>
  text
    .replaceAll(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - WIDTH))
    .replaceAll('\u3000', ' ')
const toFullWidth = (text: string) =>
  text.replaceAll(/[!-~]/g, (narrow) => String.fromCharCode(narrow.charCodeAt(0) + WIDTH))

const BLANKS: readonly Rewrite[] = [
  {
    cause: cause(
      'value.trimmed',
      'Names or values were trimmed for the signature, but sent untrimmed: send what is signed.',
      '签名前去掉了字段名或值首尾的空白，发送时却保留着：签了什么就发送什么。',
    ),
    step: (text) => text.replaceAll(/^[ \t\r\n]+|[ \t\r\n]+$/g, ''),
    of: 'both',
  },
  {
    cause: cause(
      'value.blanks-removed',
      'Spaces were removed from the values for the signature: sign them as they are sent.',
      '签名前去掉了值里的空白：应按发送的值签名。',
    ),
    step: (text) => text.replaceAll(/[ \t\r\n]/g, ''),
  },
  {
    cause: cause(
      'value.blanks-collapsed',
      'Repeated spaces were collapsed for the signature: sign the values as they are sent.',
      '签名前把连续空白合并成了一个：应按发送的值签名。',
    ),
    step: (text) => text.replaceAll(/[ \t\r\n]+/g, ' '),
  },
  {
    cause: cause(
      'value.line-ends-unix',
      'CRLF in a value became LF for the signature: sign what is sent.',
      '签名前值里的 Windows 换行变成了普通换行：应对实际发送的值签名。',
    ),
    step: (text) => text.replaceAll('\r\n', '\n'),
  },
  {
    cause: cause(
      'value.line-ends-windows',
      'LF in a value became CRLF for the signature: sign what is sent.',
      '签名前值里的换行变成了 Windows 换行：应对实际发送的值签名。',
    ),
    step: (text) => text.replaceAll(/\r?\n/g, '\r\n'),
  },
  {
    cause: cause(
      'value.signed-no-break-spaces',
      'The signed text has a no-break space (U+00A0) where the message has a space: sign what is sent.',
      '待签名串中是不换行空格（U+00A0）的地方，报文里是普通空格：应对实际发送的值签名。',
    ),
    step: (text) => text.replaceAll(' ', '\u00a0'),
  },
  {
    cause: cause(
      'value.signed-ideographic-spaces',
      'The signed text has an ideographic space (U+3000) where the message has a space: sign what is sent.',
      '待签名串中是全角空格（U+3000）的地方，报文里是普通空格：应对实际发送的值签名。',
    ),
    step: (text) => text.replaceAll(' ', '\u3000'),
  },
]

const NORMAL_FORMS: readonly Rewrite[] = ['NFC', 'NFD', 'NFKC'].map((form) => ({
  cause: cause(
    'value.normal-form',
    `The values were signed in the Unicode form ${form}, but sent in another: sign what is sent.`,
    `签名用的是 Unicode ${form} 形式，发送的却是另一种：应对实际发送的值签名。`,
  ),
  step: (text) => text.normalize(form),
}))

/** The typographic characters that word processors insert. */
const toPlainPunctuation = (text: string) =>
  text
    .replaceAll(/[“”„]/g, '"')
    .replaceAll(/[‘’‚]/g, "'")
    .replaceAll(/[‐‑–—−]/g, '-')
    .replaceAll('…', '...')

const LETTERS: readonly Rewrite[] = [
  {
    cause: cause(
      'value.sent-typographic',
      'The message has typographic quotes, dashes or dots, as a word processor inserts them, but the plain ones were signed: send what is signed.',
      '报文里是文字处理软件的弯引号、长横线或省略号，签名用的却是普通符号：签了什么就发送什么。',
    ),
    step: toPlainPunctuation,
  },
  {
    cause: cause(
      'value.sent-full-width',
      'The message has full-width characters, but the half-width ones were signed: send what is signed.',
      '报文里是全角字符，签名用的却是半角字符：签了什么就发送什么。',
    ),
    step: toHalfWidth,
  },
  ...NORMAL_FORMS,
  {
    cause: cause(
      'value.signed-full-width',
      'Full-width characters were signed, but the message has half-width ones: send what is signed.',
      '签名用的是全角字符，报文里却是半角字符：签了什么就发送什么。',
    ),
    step: toFullWidth,
  },
  {
    cause: cause(
      'value.lower-case',
      'The values were signed in lower case: sign them as they are.',
      '值以小写签了名：应按原值签名。',
    ),
    step: (text) => text.toLowerCase(),
  },
  {
    cause: cause(
      'value.upper-case',
      'The values were signed in upper case: sign them as they are.',
      '值以大写签了名：应按原值签名。',
    ),
    step: (text) => text.toUpperCase(),
  },
  {
    cause: cause(
      'name.upper-case',
      'The names were signed in upper case: sign them as they are sent.',
      '字段名以大写签了名：应按发送的字段名签名。',
    ),
    step: (text) => text.toUpperCase(),
    of: 'names',
  },
  {
    cause: cause(
      'name.camel-case',
      'The names were signed as camelCase: sign them as they are sent, such as oid_partner.',
      '字段名以驼峰形式签了名：应按发送的字段名签名，如 oid_partner。',
    ),
    step: (text) => text.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
    of: 'names',
  },
]

const NUMBERS: readonly Rewrite[] = [
  {
    cause: cause(
      'value.number-rewritten',
      'Numbers were reformatted for the signature (0.10 as 0.1): sign the text that is sent.',
      '签名前数字被重新格式化（0.10 变成 0.1）：应对实际发送的文本签名。',
    ),
    step: (text) => (/^-?[0-9]+\.[0-9]+$/.test(text) ? String(Number(text)) : text),
  },
  {
    cause: cause(
      'value.number-rounded',
      'Long numbers were rounded for the signature, as floating-point numbers are: handle them as text.',
      '签名前长数字被按浮点数取整：应当作文本处理。',
    ),
    step: (text) => (/^[1-9][0-9]{15,}$/.test(text) ? String(Number(text)) : text),
  },
  {
    cause: cause(
      'value.zeros-lost',
      'Leading zeros were lost for the signature: handle numbers as text.',
      '签名时丢失了前导零：数字应当作文本处理。',
    ),
    step: (text) => (/^0[0-9]+$/.test(text) ? String(Number(text)) : text),
  },
  {
    cause: cause(
      'value.python-booleans',
      'true and false were signed as Python writes them (True, False): sign the text that is sent.',
      'true 和 false 以 Python 的写法（True、False）签了名：应对实际发送的文本签名。',
    ),
    step: (text) =>
      /^(?:true|false)$/.test(text) ? text.replace(/^./, (c) => c.toUpperCase()) : text,
  },
]

/** Possible changes to the names and values of any message. */
export const rewrites = (): Rewrite[] => [
  ...BLANKS,
  ...URL_REWRITES,
  ...misreadings(),
  ...HTML_REWRITES,
  ...ESCAPE_REWRITES,
  ...LETTERS,
  ...NUMBERS,
  ...JSON_REWRITES,
]
