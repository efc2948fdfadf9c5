import type { Api } from '@llpay/core'
import { describeReturnCode, type ReturnCode } from '@llpay/core/return-codes'
import { adviceFor, apiAdvice, QUERY_AGAIN } from '@llpay/core/return-codes/advice'

import type { Language, Text } from './language.ts'
import { monoNames } from './markdown.ts'

/** Codes that any endpoint may reply: what is checked before the product's own logic runs. */
const GATE = ['1001', '1004', '1008', '1012', '3001', '9901', '9902', '9903', '9999']

/** Codes that an endpoint may reply when it changes something. */
const CHANGE = ['1007', '2004', '2005']

/** What the classes mean for a request that changes something. */
export const CLASSES: Readonly<Record<string, Text>> = {
  success: { en: 'success', zh: '成功' },
  refused: { en: 'refused: nothing changed', zh: '拒绝：没有任何变更' },
  'not-listed': { en: 'not listed: no such agreement', zh: '无此协议' },
  unknown: { en: 'unknown: query first', zh: '结果未知：先查询' },
}

/** What they mean for a query. */
const QUERY_CLASSES: Readonly<Record<string, Text>> = {
  ...CLASSES,
  refused: { en: 'refused', zh: '拒绝' },
  unknown: { en: 'no result', zh: '无结果' },
}

/** A return code as an endpoint means it. */
export interface CodeRow {
  readonly code: string
  readonly text: string
  readonly class: string
  readonly advice: string
}

function adviceOf(api: Api, { code, category, class: kind }: ReturnCode): Text {
  if (api.success.includes(code)) return adviceFor('0000', 'success')
  const noResult = api.effect === 'read' && kind === 'unknown'
  return apiAdvice(api, code) ?? (noResult ? QUERY_AGAIN : adviceFor(code, category))
}

/** The codes that matter for an endpoint, in ascending order. */
export function codesOf(api: Api, language: Language): CodeRow[] {
  const named = [...api.success, ...api.notListed, ...Object.keys(api.advice), ...GATE]
  const classes = api.effect === 'change' ? CLASSES : QUERY_CLASSES
  const codes = new Set([...named, ...(api.effect === 'change' ? CHANGE : [])])
  return [...codes].toSorted().flatMap((code) => {
    const entry = describeReturnCode(code)
    if (entry === undefined) return []
    const listed = api.notListed.includes(code) ? 'not-listed' : entry.class
    const kind = api.success.includes(code) ? 'success' : listed
    return {
      code,
      text: entry[language],
      class: classes[kind]?.[language] ?? kind,
      advice: monoNames(adviceOf(api, entry)[language]),
    }
  })
}
