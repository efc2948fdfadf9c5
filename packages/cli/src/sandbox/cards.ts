import { ParameterError } from '@llpay/core'
import { catalogue, describeIssue, PAY_TYPES, validateParams } from '@llpay/core/adapter'
import { issueInChinese } from '@llpay/core/errors/chinese'
import type { SandboxCard } from '@llpay/sandbox'

import { t, type Phrase } from '../output/language.ts'
import { usageError } from '../program/errors.ts'
import type { Flag, Positional } from '../program/flags.ts'
import type { GivenFlags } from '../program/parse-flags.ts'
import { BASE_URL_FLAG } from './control-client.ts'

/** How a card is written as an argument. */
export const CARD_ARGUMENT = 'USER:AGREEMENT[:PAY_TYPE]'

/**
 * Reads a card as it is written on the command line: customer, agreement and product.
 *
 * @param where names the argument in the error.
 * @throws {ConfigError} `ERR_CONFIG_USAGE`.
 */
export function parseCard(text: string, where: Phrase): SandboxCard {
  const [user_id = '', no_agree = '', pay_type, ...rest] = text.split(':')
  if (user_id === '' || no_agree === '' || pay_type === '' || rest.length > 0) {
    throw usageError(
      'card.argument',
      t(
        `${where.en} must be written as ${CARD_ARGUMENT}.`,
        `${where.zh}的写法是 ${CARD_ARGUMENT}。`,
      ),
    )
  }
  const card = { user_id, no_agree, ...(pay_type === undefined ? {} : { pay_type }) }
  checkCard(card, where)
  return card
}

/** Refuses a card that no client would name. */
function checkCard(card: SandboxCard, where: Phrase): void {
  try {
    validateParams(catalogue.card.unbind, card)
  } catch (error) {
    const issue = error instanceof ParameterError ? error.issues[0] : undefined
    if (issue === undefined) throw error
    const problem = describeIssue(catalogue.card.unbind, issue)
    throw usageError(
      'card.invalid',
      t(`${where.en} is not valid: ${problem}.`, `${where.zh}无效：${issueInChinese(issue)}。`),
    )
  }
}

/** The cards that a command changes, as arguments. */
export const CARD_ARGS: readonly Positional[] = [
  {
    name: CARD_ARGUMENT,
    summary: t('A card; or name one with the flags', '一张卡；也可用选项给出'),
    optional: true,
    multiple: true,
  },
]

/** The same as flags, for one card. */
export const CARD_FLAGS: readonly Flag[] = [
  { name: 'user-id', value: 'U', summary: t('The customer', '用户') },
  { name: 'no-agree', value: 'N', summary: t('The agreement', '协议号') },
  {
    name: 'pay-type',
    value: 'T',
    summary: t('The product (default: 2)', '产品（默认：2）'),
    choices: PAY_TYPES,
  },
  {
    name: 'platform',
    value: 'P',
    summary: t('The platform on which merchants share customers', '多个商户共享用户时的平台标识'),
  },
  {
    name: 'oid-partner',
    value: 'N',
    summary: t("The merchant (default: the sandbox's first)", '商户号（默认：沙箱的第一个）'),
  },
  BASE_URL_FLAG,
]

const OPTIONAL = { 'pay-type': 'pay_type', platform: 'platform', 'oid-partner': 'oid_partner' }

/** The card of the flags, if they name one. */
function cardOfFlags(flags: GivenFlags): SandboxCard[] {
  const [user_id, no_agree] = [flags.value('user-id'), flags.value('no-agree')]
  if (user_id === undefined && no_agree === undefined) return []
  if (user_id === undefined || no_agree === undefined) {
    throw usageError(
      'card.flags-together',
      t('--user-id and --no-agree name a card together.', '--user-id 与 --no-agree 须同时给出。'),
    )
  }
  const others = Object.entries(OPTIONAL).flatMap(([flag, name]) => {
    const value = flags.value(flag)
    return value === undefined ? [] : [[name, value]]
  })
  return [{ user_id, no_agree, ...Object.fromEntries(others) }]
}

/**
 * The cards that arguments and flags name.
 *
 * @throws {ConfigError} `ERR_CONFIG_USAGE` where they name none.
 */
export function namedCards(flags: GivenFlags): SandboxCard[] {
  const cards = [
    ...flags.args.map((text) => parseCard(text, t('A card', '卡'))),
    ...cardOfFlags(flags),
  ]
  if (cards.length > 0) return cards
  throw usageError(
    'card.none',
    t('No card is named.', '没有给出卡。'),
    t(
      `Give ${CARD_ARGUMENT}, or --user-id and --no-agree.`,
      `请给出 ${CARD_ARGUMENT}，或 --user-id 与 --no-agree。`,
    ),
  )
}

/** What was done to how many cards, in words. */
export const countCards = (en: string, zh: string, count: number): Phrase =>
  t(`${en} ${count === 1 ? '1 card' : `${count} cards`}.`, `${zh} ${count} 张卡。`)
