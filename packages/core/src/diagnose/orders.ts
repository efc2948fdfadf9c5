import { compareByteOrder } from '../signing/byte-order.ts'
import { cause } from './cause.ts'
import type { Member, Variation } from './variation.ts'

type Compare = (left: Member, right: Member) => number

const pair = ({ name, text }: Member) => `${name}=${text}`
const compare = (left: string, right: string) => (left < right ? -1 : 1)

const SORT = 'sort them by the bytes of their names.'
const SORT_ZH = '应按字段名的字节序升序排列。'

/** In which order the members stand. */
export const ORDERS: readonly Variation<Compare>[] = [
  { step: (left, right) => compareByteOrder(left.name, right.name) },
  {
    cause: cause(
      'order.unsorted',
      `The members were not sorted but signed in the order of the message: ${SORT}`,
      `字段没有排序，按报文中的顺序签了名：${SORT_ZH}`,
    ),
    step: () => 0,
  },
  {
    cause: cause(
      'order.case-insensitive',
      `The members were sorted without regard to upper and lower case: ${SORT}`,
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
