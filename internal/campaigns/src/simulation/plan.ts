import type { Rows } from '@internal/testkit/random'
import * as fc from 'fast-check'

import { CHANGE_FAULTS, LIST_FAULTS } from '../faults/cases.ts'
import { TWICE } from './gateway.ts'

/** A card, what the merchant says of it, and what goes wrong with the requests about it. */
export interface CardPlan {
  /** The product that the merchant names; LianLian assumes 2 where it is missing. */
  readonly payType: string | undefined
  /** The products that it is bound under. */
  readonly bound: readonly string[]
  readonly change: readonly string[]
  readonly list: readonly string[]
  readonly elsewhere: readonly string[]
}

/** Something that happens once, a number of milliseconds after the beginning. */
export interface Timed {
  readonly afterMs: number
}

/** Draws a value as often as its weight says. */
export const weighted = <T>(rows: readonly (readonly [weight: number, value: T])[]) =>
  fc.oneof(...rows.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })))

/** How a list says that it has no such card. */
export const anyAbsence = fc.constantFrom('count', '8901', '3003', '3011')

/** The weights of the table in whole numbers, which fast-check wants. */
const FINER = 5

const scenarios = (rows: Rows<{ readonly scenario: string }>, more: readonly string[]) =>
  fc.array(
    weighted([
      ...rows.map(({ weight, scenario }) => [weight * FINER, scenario] as const),
      ...more.map((scenario) => [2 * FINER, scenario] as const),
    ]),
    { maxLength: 4 },
  )

/** What the lists say where a merchant does not have a product, or LianLian is at work. */
const MORE_OF_LISTS = [
  'code:3010:signed',
  'code:5601',
  'code:1004',
  'code:2005',
  'status:503:20',
  'status:429:99999999',
  '@close-late',
  TWICE,
]
/** What may become of a change although LianLian said nothing, or said that it is at work. */
const MORE_OF_CHANGES = [
  'status:503:20',
  '@close-late',
  '@busy:2004',
  '@busy:9999',
  '@busy:PR07',
  TWICE,
]

const payType = weighted<string | undefined>([
  [4, undefined],
  [2, '2'],
  [4, 'D'],
  [1, '3'],
  [1, 'N'],
])

const where = weighted<'named' | 'nowhere' | 'both' | 'N' | 'P'>([
  [16, 'named'],
  [3, 'nowhere'],
  [3, 'both'],
  [1, 'N'],
  [1, 'P'],
])

const OTHER: Readonly<Record<string, string>> = { '2': 'D', D: '2' }

function boundUnder(place: string, named: string): readonly string[] {
  if (place === 'nowhere') return []
  if (place === 'named') return [named]
  return place === 'both' ? [named, OTHER[named] ?? '2'] : [place]
}

/** Any card. */
export const anyCard: fc.Arbitrary<CardPlan> = fc
  .record({
    payType,
    where,
    change: scenarios(CHANGE_FAULTS, MORE_OF_CHANGES),
    list: scenarios(LIST_FAULTS, MORE_OF_LISTS),
    elsewhere: scenarios(LIST_FAULTS, MORE_OF_LISTS),
  })
  .map(({ where: place, ...rest }) => ({
    ...rest,
    bound: boundUnder(place, rest.payType ?? '2'),
  }))

/** None most of the time, or one or two. */
export const few = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant<T[]>([]) },
    { weight: 1, arbitrary: fc.array(arbitrary, { maxLength: 2 }) },
  )

/** A moment of a history. */
export const afterMs = weighted([
  [2, 0],
  [2, 1_000],
  [2, 20_000],
  [1, 120_000],
  [1, 1_000_000],
])
/** One of at most three. */
export const nth = fc.nat({ max: 2 })
