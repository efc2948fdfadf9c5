import { compareByteOrder } from '../signing/canonical-string.ts'
import { cause } from './cause.ts'
import type { Variation } from './search.ts'

/** How a language writes an object or a list as text. */
export interface NestedStyle {
  readonly comma: string
  readonly colon: string
  readonly text: (text: string) => string
  /** Whether the members are sorted by their names. */
  readonly isSorted?: boolean
}

/** Writes a value that was JSON in the style of a language. */
function writeNested(value: unknown, style: NestedStyle): string {
  if (typeof value === 'string') return style.text(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) {
    return `[${value.map((each) => writeNested(each, style)).join(style.comma)}]`
  }
  const entries = Object.entries(value)
  const ordered =
    style.isSorted === true ? entries.toSorted(([a], [b]) => compareByteOrder(a, b)) : entries
  const members = ordered.map(
    ([name, each]) => style.text(name) + style.colon + writeNested(each, style),
  )
  return `{${members.join(style.comma)}}`
}

const MIGHT_BE_JSON = /^\s*[[{"]/

function parse(text: string): unknown {
  if (!MIGHT_BE_JSON.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Rewrites text that is a JSON object or list; other text stays. */
const nested = (rewrite: (value: object) => string) => (text: string) => {
  const value = parse(text)
  return typeof value === 'object' && value !== null ? rewrite(value) : text
}

const ONCE =
  'make the JSON text once, and put the same text into the message and into what is signed.'
const ONCE_ZH = 'JSON 文本只生成一次，报文和待签名串使用同一份文本。'

const STYLES: readonly (readonly [how: string, howZh: string, NestedStyle])[] = [
  ['without blanks', '不带空格', { comma: ',', colon: ':', text: JSON.stringify }],
  [
    'with blanks, as Python does',
    '带空格（Python 的写法）',
    { comma: ', ', colon: ': ', text: JSON.stringify },
  ],
  [
    'with its members sorted',
    '成员重新排序',
    { comma: ',', colon: ':', text: JSON.stringify, isSorted: true },
  ],
  [
    'as Python shows a dict',
    'Python 打印 dict 的写法',
    { comma: ', ', colon: ': ', text: (text) => `'${text}'` },
  ],
  [
    'as Java shows a Map',
    'Java 打印 Map 的写法',
    { comma: ', ', colon: '=', text: (text) => text },
  ],
]

const rewritten = (how: string, howZh: string) =>
  cause(
    'json.rewritten',
    `The JSON in a value was serialized again for the signature, ${how}: ${ONCE}`,
    `值里的 JSON 在签名时被重新生成（${howZh}）：${ONCE_ZH}`,
  )

/** Changes of values that are JSON themselves, such as risk_item. */
export const JSON_REWRITES: readonly Variation<(text: string) => string>[] = [
  ...STYLES.map(([how, howZh, style]) => ({
    cause: rewritten(how, howZh),
    step: nested((value) => writeNested(value, style)),
  })),
  ...[2, 4].map((indent) => ({
    cause: rewritten('on many lines', '多行缩进'),
    step: nested((value) => JSON.stringify(value, undefined, indent)),
  })),
  {
    cause: cause(
      'json.object-object',
      `An object was signed as [object Object], JavaScript's text for one: ${ONCE}`,
      `对象被签成了 JavaScript 的 [object Object]：${ONCE_ZH}`,
    ),
    step: nested((value) => (Array.isArray(value) ? value.join(',') : '[object Object]')),
  },
  {
    cause: cause(
      'json.array-word',
      `An object was signed as the word Array, PHP's text for one: ${ONCE}`,
      `对象被签成了 PHP 的 Array：${ONCE_ZH}`,
    ),
    step: nested(() => 'Array'),
  },
  {
    cause: cause(
      'json.twice-signed',
      `JSON was serialized twice for the signature: ${ONCE}`,
      `签名时 JSON 被序列化了两次：${ONCE_ZH}`,
    ),
    step: nested((value) => JSON.stringify(JSON.stringify(value))),
  },
  {
    cause: cause(
      'json.twice-sent',
      `JSON was serialized twice in the message, but signed as serialized once: ${ONCE}`,
      `报文中 JSON 被序列化了两次，签名时只有一次：${ONCE_ZH}`,
    ),
    step: (text) => {
      const value = parse(text)
      return typeof value === 'string' ? value : text
    },
  },
]
