import type { Api } from '@llpay/core'
import { describeParams } from '@llpay/core/adapter'

import type { Language } from './language.ts'
import { mono, table } from './markdown.ts'
import { sayRule } from './rule.ts'
import { WORDS } from './words.ts'

const ASSUMED = {
  en: (value: string) => `LianLian assumes \`${value}\` when it is left out.`,
  zh: (value: string) => `不传时连连支付按 \`${value}\` 处理。`,
}

const DEFAULT = {
  en: (value: string) => `\`${value}\` is sent when it is left out.`,
  zh: (value: string) => `不传时 llpay 发送 \`${value}\`。`,
}

function meaning(api: Api, name: string, description: string, language: Language): string {
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
    meaning(api, name, description, language),
  ])
  const heads = [WORDS.name, WORDS.required, WORDS.rule, WORDS.meaning]
  return table(
    heads.map((head) => head[language]),
    rows,
  )
}
