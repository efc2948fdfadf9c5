import type { Asked, CardPlan } from '../gateway/protocol.ts'
import { OID_PARTNER } from '../merchant.ts'
import { draw, seeded, type Random } from '../prng.ts'
import { ALL_FAULTS, CARDS, REFUSED, type CardKind, type FaultTables } from './fault-table.ts'

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
