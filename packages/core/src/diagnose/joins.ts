import { plainObject } from '../json/json-value.ts'
import { compareByteOrder } from '../signing/canonical-string.ts'
import { cause, type Cause } from './cause.ts'
import type { Member, Variation } from './search.ts'

type Compare = (left: Member, right: Member) => number

const pair = ({ name, text }: Member) => `${name}=${text}`
const compare = (left: string, right: string) => (left < right ? -1 : 1)

const SORT = 'sort them by the bytes of their names.'
const SORT_ZH = '应按字段名的字节序升序排列。'

/** The order of the members. */
export const ORDERS: readonly Variation<Compare>[] = [
  { step: (left, right) => compareByteOrder(left.name, right.name) },
  {
    cause: cause(
      'order.unsorted',
      `The members were signed in the order of the message, not sorted: ${SORT}`,
      `字段没有排序，按报文中的顺序签了名：${SORT_ZH}`,
    ),
    step: () => 0,
  },
  {
    cause: cause(
      'order.case-insensitive',
      `The members were sorted case-insensitively: ${SORT}`,
      `字段排序时忽略了大小写：${SORT_ZH}`,
    ),
    step: (left, right) => compare(left.name.toLowerCase(), right.name.toLowerCase()),
  },
  {
    cause: cause(
      'order.descending',
      'The members were sorted in descending order: sort them in ascending order of the bytes of their names.',
      `字段按降序排列：${SORT_ZH}`,
    ),
    step: (left, right) => compareByteOrder(right.name, left.name),
  },
  {
    cause: cause(
      'order.by-value',
      `The members were sorted by their values: ${SORT}`,
      `字段按值排序：${SORT_ZH}`,
    ),
    step: (left, right) => compare(left.text, right.text),
  },
  {
    cause: cause(
      'order.by-pair',
      'The members were sorted as name=value: sort them by the bytes of their names alone.',
      '字段按 name=value 整体排序：应只按字段名的字节序排列。',
    ),
    step: (left, right) => compare(pair(left), pair(right)),
  },
]

type Join = (members: readonly Member[]) => string

const join = (members: readonly Member[], separator = '&', equals = '=') =>
  members.map(({ name, text }) => name + equals + text).join(separator)

const around =
  (before: string, after: string): Join =>
  (members) =>
    before + join(members) + after

const LINE_END = cause(
  'join.line-end',
  'The signed text ends with a line break: remove it.',
  '待签名串末尾多了换行：去掉它。',
)

const ENDS: readonly (readonly [before: string, after: string, Cause])[] = [
  [
    '',
    '&',
    cause(
      'join.trailing-ampersand',
      'The signed text ends with &: remove it after the last member.',
      '待签名串末尾多了 &：最后一个字段之后没有 &。',
    ),
  ],
  [
    '&',
    '',
    cause(
      'join.leading-ampersand',
      'The signed text starts with &: remove it before the first member.',
      '待签名串开头多了 &：第一个字段之前没有 &。',
    ),
  ],
  [
    '?',
    '',
    cause(
      'join.question-mark',
      'The signed text starts with ?, like the query of a URL: remove it.',
      '待签名串以 ? 开头（像 URL 的查询串）：去掉它。',
    ),
  ],
  ['', '\n', LINE_END],
  ['', '\r\n', LINE_END],
  [
    '',
    ' ',
    cause(
      'join.trailing-blank',
      'The signed text ends with a space: remove it.',
      '待签名串末尾多了空格：去掉它。',
    ),
  ],
  [
    '',
    '&key=',
    cause(
      'join.md5-key',
      'The signed text ends with &key=, which belongs to sign_type MD5, not RSA.',
      '待签名串以 &key= 结尾：那是 sign_type 为 MD5 时的做法，RSA 不需要。',
    ),
  ],
]

/** How the members are joined. */
export const JOINS: readonly Variation<Join>[] = [
  { step: (members) => join(members) },
  ...ENDS.map(([before, after, why]) => ({ cause: why, step: around(before, after) })),
  {
    cause: cause(
      'join.no-separator',
      'The members were joined without &: put & between them.',
      '字段之间没有用 & 连接：用 & 连接。',
    ),
    step: (members) => join(members, ''),
  },
  ...[' & ', ',', ', ', ';', '|', '\n'].map((separator) => ({
    cause: cause(
      'join.separator',
      `The members were joined by ${JSON.stringify(separator)}: put only & between them.`,
      `字段之间用 ${JSON.stringify(separator)} 连接：应只用 & 连接。`,
    ),
    step: (members: readonly Member[]) => join(members, separator),
  })),
  {
    cause: cause(
      'join.colon',
      'Names and values were joined by a colon: sign name=value.',
      '字段名与值之间用了冒号：应为 name=value。',
    ),
    step: (members) => join(members, '&', ':'),
  },
  {
    cause: cause(
      'join.no-equals',
      'Names and values were joined without =: sign name=value, with & between the members.',
      '字段名与值之间没有 =：应为 name=value，字段之间用 & 连接。',
    ),
    step: (members) => join(members, '', ''),
  },
  {
    cause: cause(
      'join.values-only',
      'Only the values were signed: sign name=value.',
      '只对值签了名：应为 name=value。',
    ),
    step: (members) => members.map(({ text }) => text).join(''),
  },
  {
    cause: cause(
      'join.values-only',
      'Only the values were signed, joined by &: sign name=value.',
      '只对值（用 & 连接）签了名：应为 name=value。',
    ),
    step: (members) => members.map(({ text }) => text).join('&'),
  },
  {
    cause: cause(
      'join.json',
      'The members were signed as JSON: sign them as name=value, joined by &.',
      '对 JSON 文本签了名：应为用 & 连接的 name=value。',
    ),
    step: (members) =>
      JSON.stringify(plainObject(members.map(({ name, text }) => [name, text] as const))),
  },
]
