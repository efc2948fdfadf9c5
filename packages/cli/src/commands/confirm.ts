import { isLoopback, parseBaseUrl } from '@llpay/core/adapter'

import type { CliConfig } from '../config/resolve-config.ts'
import { ask, canAsk } from '../output/ask.ts'
import { rows, type Row } from '../output/rows.ts'
import type { Invocation } from './command.ts'

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
}: Pick<CliConfig, 'oidPartner' | 'profile'>): Row {
  const from = profile === undefined ? '' : ` (profile ${profile.name})`
  return ['merchant', `${oidPartner}${from}`]
}

/** Shows at the terminal what is about to happen, and asks whether it should. */
export async function confirm(
  facts: readonly Row[],
  question: string,
  signal: AbortSignal,
): Promise<boolean> {
  for (const line of rows(facts)) process.stderr.write(`${line}\n`)
  const answer = await ask(`${question} [y/N] `, signal, { isGrave: true })
  return /^\s*y(?:es)?\s*$/i.test(answer ?? '')
}

/** Where calls go, in words: it decides whether real cards are at stake. */
export function describeGateway(config: Config): string {
  const { baseUrl } = config
  if (baseUrl === undefined) return 'LianLian (live)'
  const { host } = parseBaseUrl(baseUrl)
  return isLive(config) ? `${host} (live)` : host
}

/** Shows what is about to happen to many cards, and asks for their number: a `y` is typed too easily. */
export async function confirmCount(
  facts: readonly Row[],
  count: number,
  signal: AbortSignal,
): Promise<boolean> {
  for (const line of rows(facts)) process.stderr.write(`${line}\n`)
  const shown = count.toLocaleString('en-US')
  const question = `Only their holders can bind them again. Type ${shown} to unbind them: `
  const typed = await ask(question, signal, { isGrave: true })
  return typed?.replaceAll(/[\s,]/g, '') === String(count)
}
