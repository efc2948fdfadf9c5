import { isLLPayError, type Api, type ListedCard } from '@llpay/core'
import { isLoopback, parseBaseUrl } from '@llpay/core/adapter'
import type { Client } from '@llpay/node'

import type { CliConfig } from '../config/resolve-config.ts'
import { ask, canAsk, isYes } from '../output/ask.ts'
import { escapeText } from '../output/escape.ts'
import { phrase, t, type Phrase } from '../output/language.ts'
import type { Entry } from '../output/output.ts'
import type { Invocation } from '../program/command.ts'

type Config = Pick<CliConfig, 'baseUrl' | 'profile'>

/** Whether real cards are at stake: a live profile, or calls that leave this machine without one. */
export function isLive({ baseUrl, profile }: Config): boolean {
  if (profile !== undefined) return profile.kind === 'live'
  return baseUrl === undefined || !isLoopback(parseBaseUrl(baseUrl).hostname)
}

/** Whether somebody is to be asked first: real cards are at stake, at a terminal. */
export const isToBeAsked = (config: Config, { flags, output }: Invocation): boolean =>
  !flags.has('yes') && !output.json && isLive(config) && canAsk()

/** The merchant as a row, with the profile that names it. */
export function merchantRow({
  oidPartner,
  profile,
}: Pick<CliConfig, 'oidPartner' | 'profile'>): Entry {
  const from =
    profile === undefined ? '' : t(` (profile ${profile.name})`, `（配置档 ${profile.name}）`)
  return [t('merchant', '商户号'), phrase((say) => oidPartner + say(from))]
}

/** Where calls go, in words: it decides whether real cards are at stake. */
export function describeGateway(config: Config): Phrase {
  const { baseUrl } = config
  if (baseUrl === undefined) return t('LianLian (live)', '连连支付（生产）')
  const { host } = parseBaseUrl(baseUrl)
  return isLive(config) ? t(`${host} (live)`, `${host}（生产）`) : t(host, host)
}

/** Shows at the terminal what is about to happen, and asks whether it should. */
export async function confirm(
  facts: readonly Entry[],
  question: Phrase,
  invocation: Invocation,
): Promise<boolean> {
  const { output, signal } = invocation
  output.talkRows(facts)
  const answer = await ask(`${output.say(question)} [y/N] `, signal, { isGrave: true })
  return isYes(answer)
}

/** Shows what is about to happen to many cards, and asks for their number: a `y` is typed too easily. */
export async function confirmCount(
  facts: readonly Entry[],
  count: number,
  invocation: Invocation,
): Promise<boolean> {
  const { output, signal } = invocation
  output.talkRows(facts)
  const shown = count.toLocaleString('en-US')
  const question = t(
    `Only their holders can bind them again. Type ${shown} to unbind them: `,
    `解绑后只有持卡人能重新绑卡。输入 ${shown} 以解绑：`,
  )
  const typed = await ask(output.say(question), signal, { isGrave: true })
  return typed?.replaceAll(/[\s,]/g, '') === String(count)
}

const SHOWN_DIGITS = 4

/** The card as its holder knows it, by LianLian's list; the list is not signed, and decides nothing. */
async function describeCard(
  findCard: () => Promise<ListedCard | undefined>,
  isAborted: () => boolean,
): Promise<Phrase> {
  try {
    const card = await findCard()
    if (card === undefined) return t("not in LianLian's list", '不在连连支付的绑卡列表中')
    const digits = escapeText((card.card_no ?? '').slice(-SHOWN_DIGITS))
    const bank = escapeText(card.bank_name ?? '')
    return t(
      `${bank === '' ? 'bank unknown' : bank}, ending in ${digits}`,
      `${bank === '' ? '银行未知' : bank}，尾号 ${digits}`,
    )
  } catch (error) {
    if (!isLLPayError(error) || isAborted()) throw error
    return t(
      `unknown: the list could not be read (${error.code})`,
      `未知：无法查询绑卡列表（${error.code}）`,
    )
  }
}

/** Says that the person at the terminal did not want it. */
export const tellStopped = ({ output }: Invocation): void =>
  output.tell('careful', t('stopped', '已停止'), t('Nothing was sent.', '未发出任何请求。'))

/**
 * Before a live card is unbound at a terminal, shows whose and which it is, and asks.
 *
 * @returns whether to go on; true where there is nothing to ask, or nobody.
 */
export async function askAbout(
  findCard: () => Promise<ListedCard | undefined>,
  config: CliConfig,
  invocation: Invocation,
): Promise<boolean> {
  if (!isToBeAsked(config, invocation)) return true
  const { signal } = invocation
  const card = await describeCard(findCard, () => signal.aborted)
  const question = t(
    'Unbind it? Only its holder can bind it again.',
    '确认解绑？解绑后只有持卡人能重新绑卡。',
  )
  const facts: Entry[] = [merchantRow(config), [t('card', '卡'), card]]
  const isWanted = await confirm(facts, question, invocation)
  if (!isWanted) tellStopped(invocation)
  return isWanted
}

/** Asks first where the endpoint is one that unbinds a card. */
export async function askFirst(
  api: Api,
  params: Readonly<Record<string, unknown>>,
  { client, config, invocation }: { client: Client; config: CliConfig; invocation: Invocation },
): Promise<boolean> {
  if (api.id !== 'card.unbind') return true
  const { signal } = invocation
  const findCard = async () => {
    const { user_id, ...optional } = params
    const { fields } = await client.card.list({ ...optional, user_id: String(user_id) }, { signal })
    const wanted = String(params['no_agree'])
    return fields.agreement_list?.find(({ no_agree }) => no_agree === wanted)
  }
  return askAbout(findCard, config, invocation)
}
