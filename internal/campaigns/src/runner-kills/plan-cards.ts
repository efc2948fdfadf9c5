import { CARDS } from '../faults/fault-table.ts'
import type { CardPlan } from '../gateway/protocol.ts'
import { OID_PARTNER } from '../merchant.ts'
import { draw, seeded, type Random, type Rows } from '../prng.ts'

/** A card of the campaign, as the file names it and as the gateway has it. */
export interface PlannedCard {
  readonly user_id: string
  readonly no_agree: string
  readonly pay_type: string
  readonly plan: CardPlan
}

type Faults = Rows<{ readonly scenario: string }>

// As in the campaign of faults, without what ends a whole run by intent: forgeries, and refusals of
// the merchant.
const CHANGES: Faults = [
  { weight: 50, scenario: 'usual' },
  { weight: 5, scenario: 'close-before' },
  { weight: 5, scenario: 'close-after' },
  { weight: 4, scenario: 'slow:150' },
  { weight: 4, scenario: 'late:150' },
  { weight: 4, scenario: '@cut' },
  { weight: 4, scenario: '@headers-only' },
  { weight: 4, scenario: 'truncated' },
  { weight: 3, scenario: 'status:503' },
  { weight: 4, scenario: 'status-after:502' },
  { weight: 4, scenario: 'html' },
  { weight: 3, scenario: 'code:9999' },
  { weight: 3, scenario: 'code:4000' },
]
const LISTS: Faults = [
  { weight: 80, scenario: 'usual' },
  { weight: 2, scenario: 'status:503' },
  { weight: 2, scenario: 'html' },
  { weight: 2, scenario: '@cut' },
  { weight: 2, scenario: 'close-before' },
  { weight: 2, scenario: 'slow:150' },
]
const TIMES: Rows<{ readonly times: number }> = [
  { weight: 5, times: 1 },
  { weight: 1, times: 2 },
]
const FIRST = 2_014_031_700_000_000

function drawPlays(faults: Faults, random: Random): string[] {
  const { scenario } = draw(faults, random)
  return Array.from({ length: draw(TIMES, random).times }, () => scenario)
}

/** Draws a card; the same seed and number give the same one. */
export function planCard(seed: number, number: number): PlannedCard {
  const random = seeded(seed * 1_000_003 + number)
  const { kind } = draw(CARDS, random)
  const card = { user_id: `u${number}`, no_agree: String(FIRST + number) }
  return {
    ...card,
    pay_type: 'D',
    plan: {
      card: { oid_partner: OID_PARTNER, ...card, pay_type: kind === 'wrong-pay-type' ? 'M' : 'D' },
      bound: kind !== 'gone',
      payType: 'D',
      plays: { change: drawPlays(CHANGES, random), list: drawPlays(LISTS, random), elsewhere: [] },
    },
  }
}
