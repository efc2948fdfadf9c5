import { cause, listNames, type Cause } from './cause.ts'

const wrap = (kind: string, en: string, zh: string) =>
  cause(
    `wrapped.${kind}`,
    `The message is ${en}; what is inside was examined.`,
    `报文${zh}；以下针对其中的内容。`,
  )

/** What a message may be wrapped in. */
export const WRAPPERS = {
  base64: wrap('base64', 'written in base64', '是 base64 编码的'),
  hex: wrap('hex', 'written in hexadecimal', '是十六进制编码的'),
  json: wrap(
    'json-string',
    'JSON text inside a JSON string: it was written as JSON twice',
    '是放在 JSON 字符串里的 JSON 文本，被序列化了两次',
  ),
  escaped: wrap(
    'json-escaped',
    'escaped with backslashes, as JSON text inside a JSON string is',
    '带有反斜杠转义，像是从 JSON 字符串里复制出来的',
  ),
  quotes: wrap('quotes', 'in quotes', '被引号包住了'),
  list: wrap('list', 'the item of a list', '是列表中的一项'),
  buffer: wrap('buffer', 'a Buffer of Node written as JSON', '是写成 JSON 的 Node Buffer'),
  bytes: wrap('bytes', 'a list of bytes', '是逐字节列出的'),
  http: wrap('http', 'preceded by the headers of HTTP', '前面带有 HTTP 头'),
  lines: wrap('lines', 'one of several lines', '是多行中的一行'),
  text: wrap('text', 'surrounded by other text', '前后带有其他文字'),
  python: wrap('python-bytes', 'written as Python shows bytes', '是 Python 打印 bytes 的写法'),
  url: wrap('url-encoded', 'URL-encoded', '做了 URL 编码'),
  formParsed: wrap(
    'form-parsed',
    'the name of a member: the body was parsed as a form, where it is JSON (Content-Type application/json)',
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
