import { unbind } from '@llpay/core/apis/card'

import type { Language, Text } from './language.ts'
import { mono } from './markdown.ts'

/** A rule of a field; `max` counts characters. */
interface Rule {
  readonly max?: number | undefined
  readonly pattern?: RegExp | undefined
}

/** Patterns that are easier said than read. */
const SAID: readonly (readonly [RegExp, Text])[] = [
  [
    unbind.params.user_id.pattern,
    { en: 'no `&`, `=` or control characters', zh: '不含 `&`、`=` 和控制字符' },
  ],
  [unbind.reply.ret_code.pattern, { en: 'four digits or capitals', zh: '4 位数字或大写字母' }],
]

function sayPattern(pattern: RegExp, language: Language): string {
  const said = SAID.find(([known]) => known.source === pattern.source)
  return said === undefined ? mono(pattern.source) : said[1][language]
}

const LENGTH = {
  en: (max: number) => `at most ${max} characters`,
  zh: (max: number) => `最长 ${max} 个字符`,
}

/** Says in words what a value must be. */
export function sayRule({ max, pattern }: Rule, language: Language): string {
  const parts = [
    ...(max === undefined ? [] : [LENGTH[language](max)]),
    ...(pattern === undefined ? [] : [sayPattern(pattern, language)]),
  ]
  return parts.join(language === 'en' ? '; ' : '；')
}
