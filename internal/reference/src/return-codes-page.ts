import type { Api } from '@llpay/core'
import { describeReturnCode, type ReturnCode, listReturnCodes } from '@llpay/core/return-codes'
import { adviceFor, apiAdvice, QUERY_AGAIN, categoryAdvice } from '@llpay/core/return-codes/advice'

import {
  monoNames,
  mono,
  page,
  table,
  type Language,
  type Text,
  otherLanguage,
  WORDS,
} from './words.ts'

/** Codes that any endpoint may reply: what is checked before the product's own logic runs. */
const GATE = ['1001', '1004', '1008', '1012', '3001', '9901', '9902', '9903', '9999']

/** Codes that an endpoint may reply when it changes something. */
const CHANGE = ['1007', '2004', '2005']

/** What the classes mean for a request that changes something. */
const CLASSES: Readonly<Record<string, Text>> = {
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

const TEXTS = {
  title: { en: 'Return codes', zh: '返回码' },
  intro: {
    en: "What `ret_code` means in the classic API, with LianLian's own wording. The class says what a code tells about a request that changes something; a code that is not here counts as unknown. Endpoints may mean more by a code: see their pages.",
    zh: '经典接口的 `ret_code` 及连连支付的原文。“类别”说明该返回码对变更类请求意味着什么；表中没有的返回码按“结果未知”处理。个别接口对返回码另有说明，见各接口页面。',
  },
  retryNote: {
    en: 'The last two columns are about sending the same request again without a human. llpay repeats a change only after the list of bound cards showed that nothing had happened.',
    zh: '最后两列指无人干预地重发同一请求。变更类请求，llpay 只有在查询已绑卡列表、确认未执行之后才会重发。',
  },
  chinese: { en: 'Chinese', zh: '中文' },
  english: { en: 'English', zh: '英文' },
  category: { en: 'Category', zh: '分类' },
  change: { en: 'Repeat a change', zh: '变更可重发' },
  query: { en: 'Repeat a query', zh: '查询可重发' },
  advice: { en: 'Advice by category', zh: '各分类的处理办法' },
} as const satisfies Readonly<Record<string, Text>>

const MAY_REPEAT: Readonly<Record<ReturnCode['class'], Text>> = {
  success: { en: '–', zh: '–' },
  refused: WORDS.no,
  unknown: { en: 'after a query', zh: '查询后' },
}

/** Whether a request may be sent again by itself: one that changes something, and one that only reads. */
function retryOf(entry: ReturnCode, language: Language): string[] {
  const query = entry.mayAskAgain ? WORDS.yes : WORDS.no
  return [MAY_REPEAT[entry.class], entry.class === 'success' ? MAY_REPEAT.success : query].map(
    (answer) => answer[language],
  )
}

/** The page with every return code. */
export function returnCodesPage(language: Language): string {
  const { chinese, english, category, change, query } = TEXTS
  const heads = [WORDS.code, chinese, english, category, WORDS.class, change, query]
  const rows = listReturnCodes().map((entry) => [
    mono(entry.code),
    entry.zh,
    entry.en,
    entry.category,
    CLASSES[entry.class]?.[language] ?? entry.class,
    ...retryOf(entry, language),
  ])
  return page([
    `# ${TEXTS.title[language]}`,
    `${TEXTS.intro[language]} ${otherLanguage('return-codes', language)}`,
    TEXTS.retryNote[language],
    table(
      heads.map((head) => head[language]),
      rows,
    ),
    `## ${TEXTS.advice[language]}`,
    table(
      [TEXTS.category[language], WORDS.advice[language]],
      Object.entries(categoryAdvice()).map(([name, advice]) => [name, monoNames(advice[language])]),
    ),
    `*${WORDS.generated[language]}*`,
  ])
}
