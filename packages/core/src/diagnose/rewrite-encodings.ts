import { cause } from './cause.ts'
import type { Rewrite } from './search.ts'

const safely = (rewrite: (text: string) => string) => (text: string) => {
  try {
    return rewrite(text)
  } catch {
    return text
  }
}

/** Encodes a value as a form does. */
export const formEncode = (text: string): string =>
  new URLSearchParams({ v: text }).toString().slice(2)
const formDecode = (text: string) =>
  /[%+]/.test(text)
    ? (new URLSearchParams(`v=${text.replaceAll('&', '%26')}`).get('v') ?? text)
    : text
const lowerHex = (text: string) =>
  encodeURIComponent(text).replaceAll(/%../g, (code) => code.toLowerCase())

const AS_IT_IS = 'sign them as they are, without any encoding.'
const AS_IT_IS_ZH = '应按原值签名，不做任何编码。'
const SENT_ENCODED = 'the message holds them encoded. Send them as they are.'
const SENT_ENCODED_ZH = '而报文里的是编码后的值。应按原值发送。'
const URL_ENCODED = cause(
  'value.url-encoded',
  `The values were URL-encoded for the signature: ${AS_IT_IS}`,
  `签名前对值做了 URL 编码：${AS_IT_IS_ZH}`,
)

/** Changes that URLs and forms make to values. */
export const URL_REWRITES: readonly Rewrite[] = [
  {
    cause: cause(
      'value.form-decoded',
      'The signed text has + where the message has a space: the message was decoded as a form in transit, or the values were form-encoded for the signature. Send JSON as JSON, and sign the values as they are.',
      '待签名串中是 + 的地方，报文里是空格：报文在途中被当作表单解码，或者签名前对值做了表单编码。JSON 应按 JSON 发送，值应按原值签名。',
    ),
    step: (text) => text.replaceAll(' ', '+'),
    of: 'both',
  },
  {
    cause: cause(
      'value.signed-form-decoded',
      'The signed text has a space where the message has +: the values were decoded as a form before signing. Sign what is sent.',
      '待签名串中是空格的地方，报文里是 +：签名前值被当作表单解码。应对实际发送的值签名。',
    ),
    step: (text) => text.replaceAll('+', ' '),
  },
  {
    cause: cause(
      'value.percent-decoded',
      'The signed text has %25 where the message has %: the message was decoded as a form or a URL in transit. Send JSON as JSON.',
      '待签名串中是 %25 的地方，报文里是 %：报文在途中被当作表单或 URL 解码。JSON 应按 JSON 发送。',
    ),
    step: (text) => text.replaceAll('%', '%25'),
  },
  ...[encodeURIComponent, lowerHex, encodeURI].map((encode) => ({
    cause: URL_ENCODED,
    step: safely(encode),
  })),
  {
    cause: URL_ENCODED,
    step: safely((text) => encodeURIComponent(text).replaceAll('%2F', '/')),
  },
  {
    cause: cause(
      'value.form-encoded',
      `The values were form-encoded for the signature (a space as +): ${AS_IT_IS}`,
      `签名前对值做了表单编码（空格变成 +）：${AS_IT_IS_ZH}`,
    ),
    step: formEncode,
  },
  {
    cause: cause(
      'value.sent-url-encoded',
      `The values were signed before they were URL-encoded: ${SENT_ENCODED}`,
      `签名针对的是 URL 编码前的值，${SENT_ENCODED_ZH}`,
    ),
    step: safely(decodeURIComponent),
  },
  {
    cause: cause(
      'value.sent-form-encoded',
      `The values were signed before they were form-encoded (a space as +): ${SENT_ENCODED}`,
      `签名针对的是表单编码（空格变成 +）前的值，${SENT_ENCODED_ZH}`,
    ),
    step: formDecode,
  },
]

const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  amp: '&',
}
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|quot|apos|nbsp|amp));/gi

function unescapeOne(entity: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? entity
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    ? String.fromCodePoint(code)
    : entity
}

/** Decodes the entities in a text. */
export const unescapeHtml = (text: string): string => text.replaceAll(ENTITY, unescapeOne)

const escapeHtml = (quote: string, apostrophe: string) => (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', quote)
    .replaceAll("'", apostrophe)

/** Escapes some of the characters that HTML escapes, as a filter against injection does. */
const escapeSome = (pattern: RegExp, names: Readonly<Record<string, string>>) => (text: string) =>
  text.replaceAll(pattern, (character) => names[character] ?? character)

const toEntities = (pattern: RegExp, base: 10 | 16) => (text: string) =>
  text.replaceAll(
    pattern,
    (character) => `&#${base === 16 ? 'x' : ''}${(character.codePointAt(0) ?? 0).toString(base)};`,
  )

const HTML = cause(
  'value.html-escaped',
  `The values were HTML-escaped for the signature: ${AS_IT_IS}`,
  `签名前对值做了 HTML 转义：${AS_IT_IS_ZH}`,
)

/** The entities in a text, each once. */
export const entitiesIn = (text: string): string[] => [...new Set(text.match(ENTITY) ?? [])]

const BEYOND = /[\u{10000}-\u{10ffff}]/gu

/** Changes that HTML escaping makes to values. */
export const HTML_REWRITES: readonly Rewrite[] = [
  ...[
    escapeHtml('&quot;', "'"),
    escapeHtml('&quot;', '&#39;'),
    escapeHtml('&quot;', '&#039;'),
    escapeHtml('&quot;', '&#x27;'),
    escapeHtml('&quot;', '&apos;'),
    escapeHtml('&#34;', '&#39;'),
    escapeHtml('"', "'"),
    escapeSome(/["]/g, { '"': '&quot;' }),
    escapeSome(/["]/g, { '"': '&#34;' }),
    escapeSome(/["]/g, { '"': '&#x22;' }),
    escapeSome(/["<>]/g, { '"': '&quot;', '<': '&lt;', '>': '&gt;' }),
    escapeSome(/["'<>]/g, { '"': '&#34;', "'": '&#39;', '<': '&lt;', '>': '&gt;' }),
    toEntities(/[&<>"']/g, 10),
    toEntities(/[^\0-\x7f]/gu, 10),
    toEntities(/[^\0-\x7f]/gu, 16),
    toEntities(BEYOND, 10),
    toEntities(BEYOND, 16),
  ].map((step) => ({ cause: HTML, step })),
  {
    cause: cause(
      'value.sent-html-escaped',
      'The message has values that were HTML-escaped after signing: send what is signed.',
      '报文里的值在签名之后又做了 HTML 转义：签了什么就发送什么。',
    ),
    step: unescapeHtml,
  },
]

const codeOf = (unit: string) => unit.charCodeAt(0).toString(16).padStart(4, '0')
const lowerEscape = (unit: string) => `\\u${codeOf(unit)}`
const upperEscape = (unit: string) => `\\u${codeOf(unit).toUpperCase()}`

/** Escapes each UTF-16 unit of what a pattern finds. */
const escapeUnits = (pattern: RegExp, escape: (unit: string) => string) => (text: string) =>
  text.replaceAll(pattern, (found) => found.split('').map(escape).join(''))

const unescapeUnicode = (text: string) =>
  text.replaceAll(/\\u([0-9a-f]{4})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )

const inJson = (text: string) => JSON.stringify(text).slice(1, -1)

const ESCAPES = cause(
  'value.unicode-escapes',
  'Characters were signed as \\u escapes: sign the text itself, before serializing it as JSON.',
  '字符以 \\u 转义的形式签了名：应在写成 JSON 之前对文本本身签名。',
)
const EMOJI_ESCAPES = cause(
  'value.emoji-escapes',
  'Characters beyond U+FFFF, such as emoji, were signed as \\u escapes, but other characters were not: sign the text itself, before serializing it as JSON.',
  'U+FFFF 以上的字符（如表情符号）以 \\u 转义的形式签了名，其他字符没有：应在写成 JSON 之前对文本本身签名。',
)

/** Changes that serializing JSON makes to values. */
export const ESCAPE_REWRITES: readonly Rewrite[] = [
  ...[lowerEscape, upperEscape].flatMap((escape) => [
    { cause: ESCAPES, step: escapeUnits(/[^ -~]/g, escape) },
    { cause: EMOJI_ESCAPES, step: escapeUnits(BEYOND, escape) },
  ]),
  {
    cause: EMOJI_ESCAPES,
    step: (text) =>
      text.replaceAll(BEYOND, (found) => `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`),
  },
  ...[/[<>&]/g, /[<>&=']/g].map((pattern) => ({
    cause: cause(
      'value.html-safe-escapes',
      'Characters such as & and = were signed as \\u escapes, which Go and Gson write in JSON: sign the text itself, before serializing it as JSON.',
      '& 和 = 等字符以 \\u 转义的形式签了名（Go 和 Gson 在 JSON 中的写法）：应在写成 JSON 之前对文本本身签名。',
    ),
    step: escapeUnits(pattern, lowerEscape),
  })),
  ...['', '?', '??', '????', '\uFFFD', '\uFFFD\uFFFD'].map((lost) => ({
    cause: cause(
      'value.emoji-lost',
      'Characters beyond U+FFFF, such as emoji, were lost for the signature: sign the text that is sent.',
      '签名时 U+FFFF 以上的字符（如表情符号）丢失了：应对实际发送的文本签名。',
    ),
    step: (text: string) => text.replaceAll(BEYOND, lost),
  })),
  {
    cause: cause(
      'value.sent-unicode-escapes',
      'The message has \\u escapes as text, but the characters themselves were signed: serialize JSON once.',
      '报文里是 \\u 转义的文本，而签名针对的是字符本身：JSON 只序列化一次。',
    ),
    step: unescapeUnicode,
  },
  {
    cause: cause(
      'value.json-escaped',
      'The values were signed as they are written in JSON, with backslashes: sign the text itself.',
      '签名用的是 JSON 里带反斜杠的写法：应对文本本身签名。',
    ),
    step: inJson,
  },
  {
    cause: cause(
      'value.slashes-escaped',
      'Slashes were signed as \\/, which PHP writes in JSON: sign the text itself.',
      '斜杠被签成了 \\/（PHP 在 JSON 中的写法）：应对文本本身签名。',
    ),
    step: (text) => inJson(text).replaceAll('/', '\\/'),
  },
  {
    cause: cause(
      'value.sent-backslashes',
      'The message has backslashes that the signed text does not: serialize JSON once.',
      '报文里的反斜杠在待签名串中没有：JSON 只序列化一次。',
    ),
    step: (text) => text.replaceAll(/\\(.)/g, '$1'),
  },
  {
    cause: cause(
      'value.quoted',
      'The values were signed in quotes: sign the text itself.',
      '值带着引号签了名：应对文本本身签名。',
    ),
    step: (text) => JSON.stringify(text),
  },
]
