import { decodeLoose } from '../encoding.ts'
import { bilingual } from '../errors/bilingual.ts'
import { isLLPayError } from '../errors/is-ll-pay-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import type { JsonValue } from '../json/json-value.ts'
import { readJson } from '../json/read-json.ts'
import type { LocalizedText } from '../text.ts'
import { fromHex, latin1Bytes } from './bytes.ts'
import { cause, type Cause, listNames } from './cause.ts'

const wrap = (kind: string, en: string, zh: string) =>
  cause(
    `wrapped.${kind}`,
    `The message is ${en}; the content was examined.`,
    `报文${zh}；以下针对其中的内容。`,
  )

/** What a message may be wrapped in. */
export const WRAPPERS = {
  base64: wrap('base64', 'written in base64', '是 base64 编码的'),
  hex: wrap('hex', 'written in hexadecimal', '是十六进制编码的'),
  json: wrap(
    'json-string',
    'JSON text inside a JSON string: it was serialized twice',
    '是放在 JSON 字符串里的 JSON 文本，被序列化了两次',
  ),
  escaped: wrap(
    'json-escaped',
    'escaped with backslashes, as JSON text inside a JSON string is',
    '带有反斜杠转义，像是从 JSON 字符串里复制出来的',
  ),
  quotes: wrap('quotes', 'in quotes', '被引号包住了'),
  list: wrap('list', 'the item of a list', '是列表中的一项'),
  buffer: wrap('buffer', 'a Node Buffer serialized as JSON', '是写成 JSON 的 Node Buffer'),
  bytes: wrap('bytes', 'a list of bytes', '是逐字节列出的'),
  http: wrap('http', 'preceded by the headers of HTTP', '前面带有 HTTP 头'),
  lines: wrap('lines', 'one of several lines', '是多行中的一行'),
  text: wrap('text', 'surrounded by other text', '前后带有其他文字'),
  python: wrap('python-bytes', 'written as Python shows bytes', '是 Python 打印 bytes 的写法'),
  url: wrap('url-encoded', 'URL-encoded', '做了 URL 编码'),
  formParsed: wrap(
    'form-parsed',
    'the name of a member: the body is JSON, but was parsed as a form (use Content-Type application/json)',
    '成了字段名：请求体是 JSON，却被当作表单解析（Content-Type 应为 application/json）',
  ),
} as const

/** A message in a member of something else. */
export const inMember = (name: string): Cause => {
  const { en } = listNames([name])
  return wrap('member', `in the member ${en} of another object`, `在另一个对象的 ${en} 字段里`)
}
/** A message that is compressed. */
export const compressed = (format: string) =>
  wrap('compressed', `compressed with ${format}`, `是用 ${format} 压缩的`)

/** What a function returns; `undefined` if it throws. */
export function tryTo<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/**
 * Reads JSON text, with errors that fit any message; `undefined` for text that is not JSON.
 *
 * @throws {ProtocolError} `ERR_REPLY_DUPLICATE_MEMBER`, `ERR_REPLY_INVALID`.
 */
export function readMessageValue(text: string): JsonValue | undefined {
  try {
    return readJson(text)
  } catch (error) {
    if (!isLLPayError(error)) throw error
    if (error.code === 'ERR_REPLY_NOT_JSON') return undefined
    if (error.code === 'ERR_REPLY_DUPLICATE_MEMBER') {
      throw new ProtocolError(
        'ERR_REPLY_DUPLICATE_MEMBER',
        bilingual(
          'message.duplicate-member',
          [
            'The message has a member twice, so two readers could see two different messages.',
            'Send each member once.',
          ],
          ['报文中有重复的字段，不同的程序可能读出不同的结果。', '每个字段只发送一次。'],
        ),
      )
    }
    throw new ProtocolError(
      'ERR_REPLY_INVALID',
      holdsHalfCharacter(text)
        ? bilingual(
            'message.lone-surrogate',
            [
              'The message contains half a character (a lone surrogate), which UTF-8 cannot encode.',
              'Look for text that was cut in the middle of an emoji or a rare character.',
            ],
            [
              '报文中有半个字符（孤立的代理项），UTF-8 无法编码。',
              '检查是否有文本在表情符号或生僻字中间被截断。',
            ],
          )
        : bilingual(
            'message.too-deep',
            ['The message nests deeper than 16 levels.'],
            ['报文的嵌套超过 16 层。'],
          ),
    )
  }
}

function holdsHalfCharacter(text: string): boolean {
  const whole = /^[^\ud800-\udfff]*$/u
  let isWhole = whole.test(text)
  tryTo(() =>
    JSON.parse(text, (name, value: unknown) => {
      isWhole &&= whole.test(name) && (typeof value !== 'string' || whole.test(value))
      return value
    }),
  )
  return !isWhole
}

/** What people give instead of a message. */
const NO_MESSAGE: readonly (readonly [RegExp, en: string, zh: string])[] = [
  [/^\s*$/, 'It is empty.', '内容为空。'],
  [
    /^\s*-----BEGIN /,
    'It is a key or a certificate: give keys with --key.',
    '这是密钥或证书：密钥请用 --key 给出。',
  ],
  [
    /^\s*</,
    'It is HTML or XML: it comes from a server between here and LianLian, not from its gateway.',
    '这是 HTML 或 XML：来自途中的某个服务器，而不是连连支付的网关。',
  ],
  [
    /^\s*[\w.%+-]+=/,
    'It is a form, or a canonical string: LianLian takes JSON.',
    '这是表单或待签名串：连连支付使用 JSON。',
  ],
  [
    /^\s*\{\s*'/,
    'It is not JSON, which allows only double quotes.',
    '这不是 JSON：JSON 只能使用双引号。',
  ],
  [
    /^\s*\{/,
    'It is not valid JSON: it was cut off, or altered.',
    '这不是有效的 JSON：被截断或改动过。',
  ],
]

const HEX = /^(?:[0-9a-f]{2}\s*){8,}$/i
const BASE64 = /^[A-Za-z0-9+/_-]{16}[A-Za-z0-9+/_\s-]*={0,2}\s*$/

/** `b'{"acct_name":"\xe5…"}'`, as Python shows bytes. */
function pythonBytes(text: string): Uint8Array | undefined {
  const inner = text.slice(2, -1)
  if (!/^[\x20-\x7e]*$/.test(inner)) return undefined
  const plain = inner.replaceAll(/\\(?:x([0-9a-f]{2})|([\\']))/gi, (_, hex?: string, mark = '') =>
    hex === undefined ? String(mark) : String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return latin1Bytes(plain)
}

/** Encodings of bytes as text, and how to decode them. */
export const BYTE_WRAPPERS: readonly (readonly [
  Cause,
  RegExp,
  (text: string) => Uint8Array | undefined,
])[] = [
  [WRAPPERS.hex, HEX, (text) => fromHex(text.replaceAll(/\s/g, ''))],
  [WRAPPERS.base64, BASE64, decodeLoose],
  [WRAPPERS.python, /^b(?:'[^]*'|"[^]*")$/, pythonBytes],
]

/** Text around a message, and how to remove it. */
export const TEXT_WRAPPERS: readonly (readonly [
  Cause,
  RegExp,
  (text: string) => string | undefined,
])[] = [
  [WRAPPERS.http, /^(?:HTTP\/|POST )/, (text) => /\r?\n\r?\n([^]*)$/.exec(text)?.[1]],
  [
    WRAPPERS.escaped,
    /^\{\s*\\"/,
    (text) => {
      const value = tryTo(() => readJson(`"${text}"`))
      return value?.kind === 'string' ? value.value : undefined
    },
  ],
  [WRAPPERS.quotes, /^'[^]*'$|^`[^]*`$/, (text) => text.slice(1, -1)],
  [
    WRAPPERS.url,
    /^%(?:7B|5B|22)/i,
    (text) => tryTo(() => decodeURIComponent(text.replaceAll('+', ' ').replace(/=$/, ''))),
  ],
]

/** What was given instead of a message, as one sentence; `undefined` if unknown. */
export function whatElse(text: string): LocalizedText | undefined {
  const [, en, zh] = NO_MESSAGE.find(([pattern]) => pattern.test(text)) ?? []
  return en === undefined || zh === undefined ? undefined : { en, zh }
}
