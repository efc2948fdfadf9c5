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
