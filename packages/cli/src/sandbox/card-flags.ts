import { ConfigError } from '@llpay/core'
import type { SandboxCard } from '@llpay/sandbox'

import type { Flag, Positional } from '../args/flag.ts'
import type { GivenFlags } from '../args/parse-flags.ts'
import { CARD_ARGUMENT, parseCard } from './card-argument.ts'
import { BASE_URL_FLAG } from './control-client.ts'

/** The cards that a command changes, as arguments. */
export const CARD_ARGS: readonly Positional[] = [
  {
    name: CARD_ARGUMENT,
    summary: 'A card; or name one with the flags',
    optional: true,
    multiple: true,
  },
]

/** The same as flags, for one card. */
export const CARD_FLAGS: readonly Flag[] = [
  { name: 'user-id', value: 'U', summary: 'The customer' },
  { name: 'no-agree', value: 'N', summary: 'The agreement' },
  { name: 'pay-type', value: 'T', summary: 'The product (default: 2)' },
  { name: 'platform', value: 'P', summary: 'Where merchants share customers' },
  { name: 'oid-partner', value: 'N', summary: "The merchant (default: the sandbox's first)" },
  BASE_URL_FLAG,
]

const OPTIONAL = { 'pay-type': 'pay_type', platform: 'platform', 'oid-partner': 'oid_partner' }

/** The card of the flags, if they name one. */
function cardOfFlags(flags: GivenFlags): SandboxCard[] {
  const [user_id, no_agree] = [flags.value('user-id'), flags.value('no-agree')]
  if (user_id === undefined && no_agree === undefined) return []
  if (user_id === undefined || no_agree === undefined) {
    throw new ConfigError('ERR_CONFIG_USAGE', '--user-id and --no-agree name a card together.')
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
  const cards = [...flags.args.map((text) => parseCard(text, 'A card')), ...cardOfFlags(flags)]
  if (cards.length > 0) return cards
  throw new ConfigError(
    'ERR_CONFIG_USAGE',
    `No card is named. Give ${CARD_ARGUMENT}, or --user-id and --no-agree.`,
  )
}

/** How many cards, in words. */
export const countCards = (count: number): string => (count === 1 ? '1 card' : `${count} cards`)
