import type { Api } from '@llpay/core'
import { describeApi } from '@llpay/core/adapter'

import { codesOf } from './codes.ts'
import { edgeExample, nodeExample, shellExample } from './examples.ts'
import { otherLanguage, type Language, type Text } from './language.ts'
import { fenced, mono, page, table } from './markdown.ts'
import { replyTable } from './reply-table.ts'
import { requestTable } from './request-table.ts'
import type { SignedSample } from './sign-sample.ts'
import { WORDS } from './words.ts'

const json = (value: object) => fenced('json', JSON.stringify(value, undefined, 2))

function codeTable(api: Api, language: Language): string {
  const heads = [WORDS.code, WORDS.meaning, WORDS.class, WORDS.advice]
  return table(
    heads.map((head) => head[language]),
    codesOf(api, language).map((row) => [mono(row.code), row.text, row.class, row.advice]),
  )
}

/** What a call of an endpoint does if its reply is lost. */
const EFFECTS = {
  settled: {
    en: 'It changes something: if the reply is lost, the list of bound cards is queried before anything is resent.',
    zh: '该接口会产生变更：应答丢失时先查询已绑卡列表，再决定是否重发。',
  },
  unsettled: {
    en: 'It changes something: if the reply is lost, the call ends with an `UnknownOutcomeError` and is not resent.',
    zh: '该接口会产生变更：应答丢失时抛出 `UnknownOutcomeError`，不会重发。',
  },
  read: { en: 'It only reads and is safe to repeat.', zh: '该接口只查询，可以重复请求。' },
} as const satisfies Readonly<Record<string, Text>>

function effectOf({ effect, settledBy }: Api, language: Language): string {
  if (effect === 'read') return EFFECTS.read[language]
  return EFFECTS[settledBy === undefined ? 'unsettled' : 'settled'][language]
}

/** The page of an endpoint. */
export function endpointPage(api: Api, sample: SignedSample, language: Language): string {
  const summary = describeApi(api, language)
  const stop = language === 'zh' ? '。' : '. '
  return page([
    `# ${mono(api.id)}`,
    `${summary}${stop}${effectOf(api, language)} ${otherLanguage(api.id, language)}`,
    fenced('http', `POST ${sample.url}`),
    `## ${WORDS.request[language]}`,
    WORDS.requestNote[language],
    requestTable(api, language),
    `## ${WORDS.reply[language]}`,
    WORDS.replyNote[language],
    replyTable(api, language),
    `## ${WORDS.codes[language]}`,
    WORDS.codesNote[language],
    codeTable(api, language),
    `## ${WORDS.examples[language]}`,
    `Node.js${WORDS.colon[language]}`,
    fenced('ts', nodeExample(api, sample)),
    `Edge${WORDS.colon[language]}`,
    fenced('ts', edgeExample(api, sample)),
    `CLI${WORDS.colon[language]}`,
    fenced('sh', shellExample(api, sample)),
    `## ${WORDS.messages[language]}`,
    WORDS.messagesNote[language],
    `${WORDS.request[language]}${WORDS.colon[language]}`,
    json(sample.request),
    `${WORDS.canonical[language]}${WORDS.colon[language]}`,
    fenced('text', sample.requestCanonical),
    `${WORDS.reply[language]}${WORDS.colon[language]}`,
    json(sample.reply),
    `${WORDS.canonical[language]}${WORDS.colon[language]}`,
    fenced('text', sample.replyCanonical),
    `*${WORDS.generated[language]}*`,
  ])
}
