import type { Api } from '@llpay/core'
import { describeMember } from '@llpay/core/adapter'

import type { Language } from './language.ts'
import { mono, table } from './markdown.ts'
import { sayRule } from './rule.ts'
import { WORDS } from './words.ts'

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

function meaning(name: string, language: Language): string {
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
      meaning(name, language),
    ]),
  )
}
