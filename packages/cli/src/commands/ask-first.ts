import { isLLPayError, type Api } from '@llpay/core'
import type { Client } from '@llpay/node'

import type { CliConfig } from '../config/resolve-config.ts'
import { escapeText } from '../output/escape.ts'
import type { Invocation } from './command.ts'
import { confirm, isToBeAsked, merchantRow } from './confirm.ts'

const SHOWN_DIGITS = 4

/** The card as its holder knows it, by LianLian's list; the list is not signed, and decides nothing. */
async function describeCard(
  client: Client,
  params: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<string> {
  const textOf = (name: string) => String(params[name])
  const { user_id: _, ...optional } = params
  try {
    const { fields } = await client.card.list(
      { ...optional, user_id: textOf('user_id') },
      { signal },
    )
    const card = fields.agreement_list?.find(({ no_agree }) => no_agree === textOf('no_agree'))
    if (card === undefined) return "not in LianLian's list under this pay_type"
    const digits = (card.card_no ?? '').slice(-SHOWN_DIGITS)
    return escapeText(`${card.bank_name ?? 'bank unknown'}, ending in ${digits}`)
  } catch (error) {
    if (!isLLPayError(error) || signal.aborted) throw error
    return `not known: the list could not be read (${error.code})`
  }
}

/**
 * Before a live card is unbound at a terminal, shows whose and which it is, and asks.
 *
 * @returns whether to go on; true where there is nothing to ask, or nobody.
 */
export async function askFirst(
  api: Api,
  params: Readonly<Record<string, unknown>>,
  { client, config, invocation }: { client: Client; config: CliConfig; invocation: Invocation },
): Promise<boolean> {
  if (api.id !== 'card.unbind' || !isToBeAsked(config, invocation)) return true
  const { signal } = invocation
  const card = await describeCard(client, params, signal)
  const question = 'Unbind it? Only its holder can bind it again.'
  return confirm([merchantRow(config), ['card', card]], question, signal)
}
