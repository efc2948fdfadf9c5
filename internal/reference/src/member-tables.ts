import type { Api } from '@llpay/core'
import { describeMember, describeParams } from '@llpay/core/adapter'
import { unbind } from '@llpay/core/apis/card'

import { mono, table, type Language, type Text, WORDS } from './words.ts'

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
function sayRule({ max, pattern, not = [] }: Rule, language: Language): string {
  const parts = [
    ...(max === undefined ? [] : [LENGTH[language](max)]),
    ...(pattern === undefined ? [] : [sayPattern(pattern, language)]),
    ...FORMS.filter(([form]) => not.includes(form)).map(([, text]) => text[language]),
  ]
  return parts.join(language === 'en' ? '; ' : '；')
}

interface Member {
  readonly name: string
  readonly always: boolean
  readonly signed: boolean
  readonly max?: number | undefined
  readonly pattern?: RegExp | undefined
}

/** The members of a success reply; those of a list stand below it, as `agreement_list[].no_agree`. */
function membersOf(api: Api): Member[] {
  const own = Object.entries(api.reply).flatMap(([name, field]): Member[] => {
    const signed = !api.unsignedFields.includes(name)
    const always = field.optional !== true
    if (field.rows === undefined) return [{ ...field, name, always, signed }]
    const rows = Object.entries(field.rows).map(([inner, each]): Member => ({
      ...each,
      name: `${name}[].${inner}`,
      always: each.optional !== true,
      signed,
    }))
    return [{ name, always, signed }, ...rows]
  })
  return [
    ...own,
    { name: 'sign_type', always: false, signed: true },
    { name: 'sign', always: true, signed: false },
  ]
}

function memberMeaning(name: string, language: Language): string {
  const inner = name.split('.').at(-1) ?? name
  return describeMember(inner, language)
}

/** The table of the members that an endpoint replies with. */
export function replyTable(api: Api, language: Language): string {
  const heads = [WORDS.name, WORDS.presence, WORDS.signed, WORDS.rule, WORDS.meaning]
  return table(
    heads.map((head) => head[language]),
    membersOf(api).map(({ name, always, signed, ...rule }) => [
      mono(name),
      WORDS[always ? 'yes' : 'no'][language],
      WORDS[signed ? 'yes' : 'no'][language],
      sayRule(rule, language),
      memberMeaning(name, language),
    ]),
  )
}

const ASSUMED = {
  en: (value: string) => `LianLian assumes \`${value}\` when it is left out.`,
  zh: (value: string) => `不传时连连支付按 \`${value}\` 处理。`,
}

const DEFAULT = {
  en: (value: string) => `\`${value}\` is sent when it is left out.`,
  zh: (value: string) => `不传时 llpay 发送 \`${value}\`。`,
}

function parameterMeaning(api: Api, name: string, description: string, language: Language): string {
  const { [name]: assumed } = api.assumed
  const byDefault = api.params[name]?.default
  const notes = [
    ...(assumed === undefined ? [] : [ASSUMED[language](assumed)]),
    ...(byDefault === undefined ? [] : [DEFAULT[language](byDefault)]),
  ]
  if (notes.length === 0) return description
  return language === 'zh'
    ? `${description}。${notes.join('')}`
    : `${description}. ${notes.join(' ')}`
}

/** The table of an endpoint's parameters. */
export function requestTable(api: Api, language: Language): string {
  const rows = describeParams(api, language).map(({ name, description, required }) => [
    mono(name),
    WORDS[required ? 'yes' : 'no'][language],
    sayRule(api.params[name] ?? {}, language),
    parameterMeaning(api, name, description, language),
  ])
  const heads = [WORDS.name, WORDS.required, WORDS.rule, WORDS.meaning]
  return table(
    heads.map((head) => head[language]),
    rows,
  )
}
