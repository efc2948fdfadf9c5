import { describeParams } from '@llpay/core/adapter'
import { unbind } from '@llpay/core/apis/card'

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

const TEXTS = {
  title: { en: 'Calls of several requests', zh: '由多个请求组成的调用' },
  intro: {
    en: 'These calls are not endpoints of LianLian: each is a series of requests to `card.list` and `card.unbind` under one deadline. The OpenAPI document describes those two.',
    zh: '这些调用不是连连支付的接口，而是在同一个超时内对 `card.list` 和 `card.unbind` 的一系列请求。OpenAPI 文档描述的是这两个接口。',
  },
  ensure: {
    en: 'Unbinds a card for every product (`pay_type`) it is bound for. Safe to repeat: a card that is not bound is not an error.',
    zh: '在卡所绑定的所有产品（`pay_type`）下解绑。可以安全地重复调用：未绑定的卡不是错误。',
  },
  ensureSteps: {
    en: 'It queries the list of every product (`payTypes`, three at a time), then for each product that lists the card queries that list again, sends one unbind, and queries the list once more. A card bound for one of seven products takes ten requests; set `payTypes` to the products you use to send fewer.',
    zh: '先查询每个产品的列表（`payTypes`，每次三个），再对列出该卡的每个产品重新查询、发送一次解绑、再查询一次。七个产品中只绑定一个的卡需要十个请求；把 `payTypes` 设为你使用的产品可以减少请求。',
  },
  outcome: { en: 'Outcome', zh: '结果' },
  cli: { en: 'Exit', zh: '退出码' },
  unbound: {
    en: 'unbound by this call, for the products in `payTypes`; `evidence` is the weakest proof',
    zh: '由本次调用解绑，产品见 `payTypes`；`evidence` 为最弱的证据',
  },
  notBound: {
    en: 'bound for none of the products in `queried`, and nothing was sent. A wrong `user_id` or `platform` ends like this too. `undecided` names products that the merchant, or the list, does not have; if there are any, the exit is 3',
    zh: '不在 `queried` 的任何产品下绑定，未发出任何变更请求。`user_id` 或 `platform` 填错时结果相同。`undecided` 为商户或列表没有的产品；不为空时退出码为 3',
  },
  unknown: {
    en: "nothing proves it; `payType` names the product. With `delivered: 'no'` nothing was sent (exit 5). Call again later",
    zh: "无法证明；`payType` 为相关产品。`delivered` 为 `'no'` 时未发出任何请求（退出码 5）。请稍后重新调用",
  },
  untrusted: {
    en: "a list or a reply cannot be trusted; unless `delivered` is `'no'`, a request may have been executed",
    zh: "列表或应答不可信；除非 `delivered` 为 `'no'`，请求可能已执行",
  },
  list: {
    en: "Lists a customer's cards, all products and all pages. No cards is an empty list. If the list of any product is unreachable or not trusted, the call fails: a part of the cards is never returned as all of them.",
    zh: '列出用户在所有产品下的所有卡（所有分页）。没有卡时返回空列表。任何产品的列表无法查询或不可信时调用失败：绝不会把一部分卡当作全部返回。',
  },
} as const satisfies Readonly<Record<string, Text>>

const PARAMETERS = ['user_id', 'no_agree', 'platform']

function parameterTable(names: readonly string[], language: Language): string {
  const rows = describeParams(unbind, language)
    .filter(({ name }) => names.includes(name))
    .map(({ name, description, required }) => [
      mono(name),
      WORDS[required ? 'yes' : 'no'][language],
      description,
    ])
  return table(
    [WORDS.name, WORDS.required, WORDS.meaning].map((head) => head[language]),
    rows,
  )
}

const example = (call: string) => `import type { Client } from '@llpay/node'

export async function example(client: Client) {
  ${call}
}`

/** The page of the calls that are made of several requests. */
export function composedPage(language: Language): string {
  const outcomes = [
    ['`unbound`', TEXTS.unbound[language], '0'],
    ['`not-bound`', TEXTS.notBound[language], '0'],
    ['`ERR_OUTCOME_UNKNOWN`', TEXTS.unknown[language], '6'],
    ['`SignatureError`, `ProtocolError`', TEXTS.untrusted[language], '4'],
  ]
  const heads = [TEXTS.outcome, WORDS.meaning, TEXTS.cli].map((head) => head[language])
  return page([
    `# ${TEXTS.title[language]}`,
    `${TEXTS.intro[language]} ${otherLanguage('composed', language)}`,
    '## `card.ensureUnbound`',
    TEXTS.ensure[language],
    parameterTable(PARAMETERS, language),
    table(heads, outcomes),
    TEXTS.ensureSteps[language],
    fenced(
      'ts',
      example(`const card = { user_id: '1234567', no_agree: '2014031710002121' }
  const result = await client.card.ensureUnbound(card, { payTypes: ['2', 'D'] })
  console.log(result.outcome, result.undecided)`),
    ),
    fenced('sh', 'llpay card ensure-unbound --user-id 1234567 --no-agree 2014031710002121'),
    '## `card.listAll`',
    TEXTS.list[language],
    parameterTable(['user_id', 'platform'], language),
    fenced(
      'ts',
      example(`const { cards, undecided } = await client.card.listAll({ user_id: '1234567' })
  console.log(cards.map(({ pay_type, bank_name }) => [pay_type, bank_name]), undecided)`),
    ),
    fenced('sh', 'llpay card list --user-id 1234567 --all'),
    `*${WORDS.generated[language]}*`,
  ])
}
