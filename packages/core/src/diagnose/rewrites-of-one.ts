import { nameCharacter } from '../text.ts'
import { cause } from './cause.ts'
import type { Variation } from './search.ts'

const SENT = 'sign what is sent.'
const SENT_ZH = '应对实际发送的值签名。'
const isAmount = (text: string) => /^[0-9]{1,12}(?:\.[0-9]+)?$/.test(text)

/** Writes the same amount in another way; an amount that would be rounded stays. */
const amount =
  (decimals: number, factor = 1) =>
  (text: string) => {
    if (!isAmount(text)) return text
    const written = (Number(text) * factor).toFixed(decimals)
    return Math.abs(Number(written) - Number(text) * factor) < 1e-9 ? written : text
  }

const LINE_END = cause(
  'value.line-end',
  `has a line end behind it in the signed text: ${SENT}`,
  `在待签名串中末尾多了换行：${SENT_ZH}`,
)

/** Invisible characters that get pasted at either end of a value. */
const PASTED = ['\u00a0', '\u3000', '\u200b', '\ufeff', '\t']

const pasted = (character: string) => {
  const { en, zh } = nameCharacter(character)
  return cause(
    'value.signed-invisible',
    `has ${en} at an end in the signed text, and not in the message: ${SENT}`,
    `在待签名串中首尾多了 ${zh}，报文里没有：${SENT_ZH}`,
  )
}

/** Changes of a single value that would make no sense for all values. */
export const REWRITES_OF_ONE: readonly Variation<(text: string) => string>[] = [
  {
    cause: cause(
      'value.trailing-blank',
      `has a blank at its end in the signed text: ${SENT}`,
      `在待签名串中末尾多了空格：${SENT_ZH}`,
    ),
    step: (text) => `${text} `,
  },
  {
    cause: cause(
      'value.leading-blank',
      `has a blank before it in the signed text: ${SENT}`,
      `在待签名串中开头多了空格：${SENT_ZH}`,
    ),
    step: (text) => ` ${text}`,
  },
  ...['\n', '\r\n'].map((end) => ({ cause: LINE_END, step: (text: string) => text + end })),
  ...PASTED.flatMap((character) => [
    { cause: pasted(character), step: (text: string) => text + character },
    { cause: pasted(character), step: (text: string) => character + text },
  ]),
  {
    cause: cause(
      'value.two-decimals',
      `was signed with two decimals (210.00 for 210): ${SENT}`,
      `签名时带两位小数（210 签成 210.00）：${SENT_ZH}`,
    ),
    step: amount(2),
  },
  {
    cause: cause(
      'value.one-decimal',
      `was signed with one decimal (210.0 for 210): ${SENT}`,
      `签名时带一位小数（210 签成 210.0）：${SENT_ZH}`,
    ),
    step: amount(1),
  },
  {
    cause: cause(
      'value.cents',
      `was signed in cents (21000 for 210.00): ${SENT}`,
      `签名时以分为单位（210.00 签成 21000）：${SENT_ZH}`,
    ),
    step: amount(0, 100),
  },
  {
    cause: cause(
      'value.hundredth',
      `was signed as a hundredth (2.10 for 210): ${SENT}`,
      `签名时缩小为百分之一（210 签成 2.10）：${SENT_ZH}`,
    ),
    step: amount(2, 0.01),
  },
  {
    cause: cause(
      'value.date-dashes',
      `was signed as a date with dashes: ${SENT}`,
      `签名时是带横线的日期：${SENT_ZH}`,
    ),
    step: (text) => text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'),
  },
  {
    cause: cause(
      'value.time-punctuated',
      `was signed as a time with dashes and colons: ${SENT}`,
      `签名时是带横线和冒号的时间：${SENT_ZH}`,
    ),
    step: (text) => text.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3 $4:$5:$6'),
  },
  {
    cause: cause(
      'value.date-bare',
      `was signed without its dashes, colons and blanks: ${SENT}`,
      `签名时去掉了横线、冒号和空格：${SENT_ZH}`,
    ),
    step: (text) =>
      /^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d:\d\d)?$/.test(text) ? text.replaceAll(/\D/g, '') : text,
  },
]
