import { isLLPayError, type Api, type ListedCard } from '@llpay/core'
import type { Client } from '@llpay/node'

import type { CliConfig } from '../config/resolve-config.ts'
import { escapeText } from '../output/escape.ts'
import type { Invocation } from './command.ts'
import { confirm, isToBeAsked, merchantRow } from './confirm.ts'

const SHOWN_DIGITS = 4

/** The card as its holder knows it, by LianLian's list; the list is not signed, and decides nothing. */
async function describeCard(
  findCard: () => Promise<ListedCard | undefined>,
  isAborted: () => boolean,
): Promise<string> {
  try {
    const card = await findCard()
    if (card === undefined) return "not in LianLian's list"
    const digits = (card.card_no ?? '').slice(-SHOWN_DIGITS)
    return escapeText(`${card.bank_name ?? 'bank unknown'}, ending in ${digits}`)
  } catch (error) {
    if (!isLLPayError(error) || isAborted()) throw error
    return `not known: the list could not be read (${error.code})`
  }
}

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
  const { signal, output } = invocation
  const card = await describeCard(findCard, () => signal.aborted)
  const question = 'Unbind it? Only its holder can bind it again.'
  const isWanted = await confirm([merchantRow(config), ['card', card]], question, signal)
  if (!isWanted) output.tell('careful', 'stopped', 'Nothing was sent.')
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
