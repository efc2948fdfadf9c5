import { OID_PARTNER } from '@internal/testkit/merchant'
import type { Api } from '@llpay/core'
import { describeApi } from '@llpay/core/adapter'

import { replyTable, requestTable } from './member-tables.ts'
import { codesOf } from './return-codes-page.ts'
import type { SignedSample } from './sign-sample.ts'
import {
  fenced,
  mono,
  page,
  table,
  otherLanguage,
  type Language,
  type Text,
  WORDS,
} from './words.ts'

/** The parameters as an object literal; the formatter breaks the line where it is long. */
const literal = (params: object) => JSON.stringify(params)

const method = ({ id }: Api) =>
  `client.${id.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())}`

/** What is printed of a result: a change says its outcome, a query its reply. */
function use(api: Api, params: object): string {
  const [names, print] =
    api.effect === 'change' && api.outcome !== undefined
      ? ['{ outcome, evidence }', 'outcome, evidence']
      : ['{ fields }', 'fields']
  return `const ${names} = await ${method(api)}(${literal(params)})\nconsole.log(${print})`
}

/** A call from Node. */
const nodeExample = (api: Api, { params }: SignedSample) =>
  `import { readFileSync } from 'node:fs'

import { createClient } from '@llpay/node'

const client = createClient({
  oidPartner: '${OID_PARTNER}',
  privateKey: readFileSync('merchant_private_key.pem'),
  gatewayPublicKey: readFileSync('lianlian_public_key.pem'),
})
${use(api, params)}`

/** A call from the edge, where keys come from the environment. */
const edgeExample = (api: Api, { params }: SignedSample) =>
  `import { createClient } from '@llpay/edge'

export async function handle(env: { LLPAY_PRIVATE_KEY: string; LLPAY_GATEWAY_KEY: string }) {
  const client = createClient({
    oidPartner: '${OID_PARTNER}',
    privateKey: env.LLPAY_PRIVATE_KEY,
    gatewayPublicKey: env.LLPAY_GATEWAY_KEY,
  })
  ${use(api, params).replaceAll('\n', '\n  ')}
}`

const shellWord = (text: string) =>
  /^[A-Za-z0-9_./:-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`

/** A call from a terminal: what is secret comes by standard input, the rest in flags. */
function shellExample(api: Api, { params }: SignedSample): string {
  const isSecret = (name: string) => api.params[name]?.secret === true
  const entries = Object.entries(params)
  const flags = entries
    .filter(([name]) => !isSecret(name))
    .map(([name, value]) => `--${name.replaceAll('_', '-')} ${shellWord(value)}`)
  const secrets = Object.fromEntries(entries.filter(([name]) => isSecret(name)))
  const call = [`llpay ${api.id.replace('.', ' ')}`, ...flags]
  if (Object.keys(secrets).length === 0) return call.join(' ')
  const json = JSON.stringify(secrets, undefined, 2)
  return [`${[...call, '--params -'].join(' ')} <<'JSON'`, json, 'JSON'].join('\n')
}

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
