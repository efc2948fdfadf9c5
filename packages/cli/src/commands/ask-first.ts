import { isLLPayError, type Api } from '@llpay/core'
import { isLoopback, parseBaseUrl } from '@llpay/core/adapter'
import type { Client } from '@llpay/node'

import type { CliConfig } from '../config/resolve-config.ts'
import { ask, canAsk } from '../output/ask.ts'
import { escapeText } from '../output/escape.ts'
import { rows } from '../output/rows.ts'
import type { Invocation } from './command.ts'

type Config = Pick<CliConfig, 'baseUrl' | 'oidPartner' | 'profile'>

const SHOWN_DIGITS = 4

/** Whether real cards are at stake: a live profile, or calls that leave this machine without one. */
export function isLive({ baseUrl, profile }: Pick<Config, 'baseUrl' | 'profile'>): boolean {
  if (profile !== undefined) return profile.kind === 'live'
  return baseUrl === undefined || !isLoopback(parseBaseUrl(baseUrl).hostname)
}

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
  { client, config, invocation }: { client: Client; config: Config; invocation: Invocation },
): Promise<boolean> {
  const { flags, output, signal } = invocation
  if (api.id !== 'card.unbind' || flags.has('yes') || output.json) return true
  if (!isLive(config) || !canAsk()) return true
  const from = config.profile === undefined ? '' : ` (profile ${config.profile.name})`
  const facts: [string, string][] = [
    ['merchant', `${config.oidPartner}${from}`],
    ['card', await describeCard(client, params, signal)],
  ]
  for (const line of rows(facts)) process.stderr.write(`${line}\n`)
  const answer = await ask('Unbind it? Only its holder can bind it again. [y/N] ', signal)
  return /^\s*y(?:es)?\s*$/i.test(answer ?? '')
}
