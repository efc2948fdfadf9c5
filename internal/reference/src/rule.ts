import { unbind } from '@llpay/core/apis/card'

import type { Language, Text } from './language.ts'
import { mono } from './markdown.ts'

/** A rule of a field; `max` counts characters. */
interface Rule {
  readonly max?: number | undefined
  readonly pattern?: RegExp | undefined
  readonly not?: readonly string[] | undefined
}

/** Patterns that are easier said than read. */
const SAID: readonly (readonly [RegExp, Text])[] = [
  [
    unbind.params.user_id.pattern,
    { en: 'no `&` or control characters', zh: '不含 `&` 和控制字符' },
  ],
  [
    unbind.params.platform.pattern,
    { en: 'no `&`, `=` or control characters', zh: '不含 `&`、`=` 和控制字符' },
  ],
  [
    unbind.params.no_agree.pattern,
    { en: 'ASCII letters, digits, `-` and `_`', zh: '仅限 ASCII 字母、数字、`-` 和 `_`' },
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

/** What is said of the forms that a value must not have, by one of them. */
const FORMS: readonly (readonly [string, Text])[] = [
  [
    'outer_space',
    {
      en: 'no outer white space, no invisible characters, not mangled by a spreadsheet',
      zh: '首尾无空白、无不可见字符、未被电子表格改写',
    },
  ],
  [
    'placeholder',
    {
      en: 'not `null`, `none`, `nan` or `undefined`',
      zh: '不能是 `null`、`none`、`nan`、`undefined`',
    },
  ],
]

/** Says in words what a value must be. */
export function sayRule({ max, pattern, not = [] }: Rule, language: Language): string {
  const parts = [
    ...(max === undefined ? [] : [LENGTH[language](max)]),
    ...(pattern === undefined ? [] : [sayPattern(pattern, language)]),
    ...FORMS.filter(([form]) => not.includes(form)).map(([, text]) => text[language]),
  ]
  return parts.join(language === 'en' ? '; ' : '；')
}
