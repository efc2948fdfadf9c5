import * as fc from 'fast-check'

import { CHANGE_FAULTS, LIST_FAULTS } from '../faults/fault-table.ts'
import type { Rows } from '../prng.ts'

/** What is wrong with one access to a store, or with one call of a hook. */
export type StorePlay = 'fine' | 'fails-before' | 'fails-after' | 'hangs-before' | 'hangs-after'

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

/** Something that happens once, so many milliseconds after the beginning. */
interface Timed {
  readonly afterMs: number
}

/** A history, before it happens. */
export interface Plan {
  readonly cards: readonly CardPlan[]
  readonly workers: number
  /** How many jobs a worker takes at a time. */
  readonly concurrency: number
  /** The deaths of workers: each of the next one to be started, after so many steps of it. */
  readonly deaths: readonly { readonly worker: number; readonly afterSteps: number }[]
  /** Jobs that are added again. */
  readonly duplicates: readonly (Timed & { readonly card: number })[]
  /** Jobs that the queue gives to another worker while one is at work. */
  readonly stalls: readonly (Timed & { readonly card: number })[]
  /** Cards that are bound once more. */
  readonly rebinds: readonly (Timed & { readonly card: number })[]
  /** Steps of the wall clock. */
  readonly clockSteps: readonly (Timed & { readonly ms: number })[]
  readonly marks: { readonly read: readonly StorePlay[]; readonly write: readonly StorePlay[] }
  readonly hooks: readonly StorePlay[]
  readonly failedQueue: readonly StorePlay[]
  readonly maxTries: number
  /** How the list says that it has no such card. */
  readonly absent: string
  /** For what the code under test leaves to chance, and for the passing of time. */
  readonly seed: number
}

const weighted = <T>(rows: readonly (readonly [weight: number, value: T])[]) =>
  fc.oneof(...rows.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })))

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
const MORE_OF_LISTS = ['code:3010:signed', 'code:5601', 'code:1004', 'code:2005', '@close-late']

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
    change: scenarios(CHANGE_FAULTS, ['@close-late', '@busy:2004', '@busy:9999', '@busy:PR07']),
    list: scenarios(LIST_FAULTS, MORE_OF_LISTS),
    elsewhere: scenarios(LIST_FAULTS, MORE_OF_LISTS),
  })
  .map(({ where: place, ...rest }) => ({
    ...rest,
    bound: boundUnder(place, rest.payType ?? '2'),
  }))

const storePlays = fc.array(
  weighted<StorePlay>([
    [12, 'fine'],
    [2, 'fails-before'],
    [2, 'fails-after'],
    [1, 'hangs-before'],
    [1, 'hangs-after'],
  ]),
  { maxLength: 6 },
)

const few = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant<T[]>([]) },
    { weight: 1, arbitrary: fc.array(arbitrary, { maxLength: 2 }) },
  )

const afterMs = weighted([
  [2, 0],
  [2, 1_000],
  [2, 20_000],
  [1, 120_000],
  [1, 1_000_000],
])
const nth = fc.nat({ max: 2 })

/** Any history of workers at a queue. */
export const anyPlan: fc.Arbitrary<Plan> = fc.record({
  cards: fc.array(anyCard, { minLength: 1, maxLength: 3 }),
  workers: fc.integer({ min: 1, max: 3 }),
  concurrency: fc.integer({ min: 1, max: 2 }),
  deaths: few(fc.record({ worker: nth, afterSteps: fc.integer({ min: 1, max: 40 }) })),
  duplicates: few(fc.record({ card: nth, afterMs })),
  stalls: few(fc.record({ card: nth, afterMs })),
  rebinds: few(fc.record({ card: nth, afterMs })),
  clockSteps: few(
    fc.record({
      afterMs,
      ms: weighted([-86_400_000, -60_000, 60_000, 86_400_000].map((ms) => [1, ms])),
    }),
  ),
  marks: fc.record({ read: storePlays, write: storePlays }),
  hooks: storePlays,
  failedQueue: storePlays,
  maxTries: fc.integer({ min: 1, max: 6 }),
  absent: fc.constantFrom('count', '8901', '3003', '3011'),
  seed: fc.nat(),
})
