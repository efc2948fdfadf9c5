import { OID_PARTNER } from '@internal/testkit/merchant'
import { type Rows, draw, seeded, type Random } from '@internal/testkit/random'

import type { Asked, CardPlan } from '../gateway/gateway.ts'

/** What the gateway plays, or that nothing listens where the request goes. */
interface Fault {
  readonly scenario: string
  /** The first of these ends a run over many cards, until somebody starts it again. */
  readonly stops?: true
}

/** Nothing listens: the only fault that happens on the merchant's side. */
export const REFUSED = '@refused'

/** What may happen to the request to unbind. */
export const CHANGE_FAULTS: Rows<Fault> = [
  { weight: 12, scenario: 'usual' },
  { weight: 5, scenario: 'close-before' },
  { weight: 5, scenario: 'close-after' },
  { weight: 4, scenario: 'slow:150' },
  { weight: 2, scenario: 'slow:4500' },
  { weight: 4, scenario: 'late:150' },
  { weight: 2, scenario: 'late:4500' },
  { weight: 4, scenario: '@cut' },
  { weight: 3, scenario: '@headers-only' },
  { weight: 4, scenario: 'truncated' },
  { weight: 3, scenario: 'status:503' },
  { weight: 3, scenario: 'status:302' },
  { weight: 4, scenario: 'status-after:502' },
  { weight: 4, scenario: 'html' },
  { weight: 4, scenario: 'tampered', stops: true },
  { weight: 4, scenario: 'unsigned', stops: true },
  { weight: 4, scenario: 'wrong-key', stops: true },
  { weight: 4, scenario: 'duplicate', stops: true },
  { weight: 3, scenario: 'code:9999' },
  { weight: 3, scenario: 'code:9999:signed' },
  { weight: 2, scenario: 'code:2004' },
  { weight: 2, scenario: 'code:PR07:signed' },
  { weight: 3, scenario: 'code:4000' },
  { weight: 3, scenario: 'code:1008:signed', stops: true },
  { weight: 2, scenario: 'code:3003', stops: true },
  { weight: 2, scenario: 'code:4000:forged', stops: true },
  { weight: 2, scenario: 'code:0000', stops: true },
  { weight: 2, scenario: 'code:0000:forged', stops: true },
  { weight: 6, scenario: REFUSED },
  { weight: 0.6, scenario: '@restart-before' },
  { weight: 0.6, scenario: '@restart-after' },
]

/** What may happen to a question for the list. */
export const LIST_FAULTS: Rows<Fault> = [
  { weight: 40, scenario: 'usual' },
  { weight: 2, scenario: 'status:503' },
  { weight: 2, scenario: 'status:429' },
  { weight: 2, scenario: 'html' },
  { weight: 2, scenario: 'truncated' },
  { weight: 2, scenario: '@cut' },
  { weight: 2, scenario: 'close-before' },
  { weight: 2, scenario: 'slow:150' },
  { weight: 1, scenario: 'slow:4500' },
  { weight: 1, scenario: 'tampered', stops: true },
  { weight: 1, scenario: 'unsigned', stops: true },
  { weight: 1, scenario: 'wrong-key', stops: true },
  { weight: 1, scenario: 'duplicate', stops: true },
  { weight: 1, scenario: 'other-user', stops: true },
  { weight: 2, scenario: 'code:9999' },
  { weight: 2, scenario: 'code:1008:signed', stops: true },
  { weight: 1, scenario: 'code:4000:forged', stops: true },
  { weight: 2, scenario: REFUSED },
]

/** How often a fault comes back: once, twice, or whenever it can. */
export const TIMES: Rows<{ readonly times: number }> = [
  { weight: 6, times: 1 },
  { weight: 3, times: 2 },
  { weight: 2, times: 40 },
]

/** What a campaign draws from. */
export interface FaultTables {
  readonly change: Rows<Fault>
  readonly list: Rows<Fault>
  readonly times: typeof TIMES
}

/** Every fault, as often as the tables say. */
export const ALL_FAULTS: FaultTables = { change: CHANGE_FAULTS, list: LIST_FAULTS, times: TIMES }

const RARELY = 0.01

const ease = <T extends Fault & { readonly weight: number }>(row: T): T =>
  row.stops === true ? { ...row, weight: row.weight * RARELY } : row

const rarely = ([first, ...rest]: Rows<Fault>): Rows<Fault> => [ease(first), ...rest.map(ease)]

/** For a run over many cards: what stops it comes a hundred times less often, and nothing comes for ever. */
export const RUN_FAULTS: FaultTables = {
  change: rarely(CHANGE_FAULTS),
  list: rarely(LIST_FAULTS),
  times: [
    { weight: 5, times: 1 },
    { weight: 1, times: 2 },
  ],
}

/** What the merchant gets right about the card. */
export type CardKind = 'bound' | 'wrong-pay-type' | 'gone'

const CARDS: Rows<{ readonly kind: CardKind }> = [
  { weight: 85, kind: 'bound' },
  { weight: 10, kind: 'wrong-pay-type' },
  { weight: 5, kind: 'gone' },
]

/** One unbind of a campaign, and what will go wrong with it. */
export interface Case {
  readonly kind: CardKind
  readonly params: {
    readonly user_id: string
    readonly no_agree: string
    readonly pay_type: string
    readonly platform?: string
  }
  readonly plan: CardPlan
  /** How many requests of each kind find that nothing listens. */
  readonly refused: Readonly<Record<Asked, number>>
}

const PAY_TYPES = ['2', '3', 'D', 'P', 'M', 'F'] as const

const pick = (random: Random) => PAY_TYPES[Math.floor(random() * PAY_TYPES.length)] ?? PAY_TYPES[0]

function drawFault(table: FaultTables['list'], times: FaultTables['times'], random: Random) {
  const { scenario } = draw(table, random)
  const { times: drawn } = draw(times, random)
  const refused = scenario === REFUSED
  // A gateway that restarts for every attempt of a card would take all others with it.
  const often = scenario.startsWith('@restart') ? 1 : drawn
  return {
    refused: refused ? often : 0,
    plays: refused ? [] : Array.from({ length: often }, () => scenario),
  }
}

/** Draws a case; the same seed and number give the same one. */
export function drawCase(seed: number, number: number, tables = ALL_FAULTS): Case {
  const random = seeded(seed * 1_000_003 + number)
  const { kind } = draw(CARDS, random)
  const change = drawFault(tables.change, tables.times, random)
  const list = drawFault(tables.list, tables.times, random)
  const elsewhere = drawFault(tables.list, tables.times, random)
  const payType = pick(random)
  const other = PAY_TYPES.find((each) => each !== payType) ?? payType
  const platform = random() < 0.2 ? { platform: 'shared' } : {}
  const named = {
    user_id: `u${number}`,
    no_agree: `${2_014_031_700_000_000 + number}`,
    ...platform,
  }
  return {
    kind,
    params: { ...named, pay_type: payType },
    refused: { change: change.refused, list: list.refused, elsewhere: elsewhere.refused },
    plan: {
      card: {
        oid_partner: OID_PARTNER,
        ...named,
        pay_type: kind === 'wrong-pay-type' ? other : payType,
      },
      bound: kind !== 'gone',
      payType,
      plays: { change: change.plays, list: list.plays, elsewhere: elsewhere.plays },
    },
  }
}
