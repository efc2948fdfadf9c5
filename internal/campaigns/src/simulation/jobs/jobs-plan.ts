import * as fc from 'fast-check'

import {
  afterMs,
  anyAbsence,
  anyCard,
  few,
  nth,
  weighted,
  type CardPlan,
  type Timed,
} from '../plan.ts'

/** What is wrong with one access to a store, or with one call of a hook. */
export type StorePlay = 'fine' | 'fails-before' | 'fails-after' | 'hangs-before' | 'hangs-after'

/** A history, before it happens. */
export interface JobsPlan {
  readonly cards: readonly CardPlan[]
  readonly workers: number
  /** How many jobs a worker takes at a time. */
  readonly concurrency: number
  /** The deaths of workers: each of the next one to be started, after a number of steps of it. */
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

/** What is wrong with each access to a store. */
export const storePlays = fc.array(
  weighted<StorePlay>([
    [12, 'fine'],
    [2, 'fails-before'],
    [2, 'fails-after'],
    [1, 'hangs-before'],
    [1, 'hangs-after'],
  ]),
  { maxLength: 6 },
)

/** Any history of workers at a queue. */
export const anyJobs: fc.Arbitrary<JobsPlan> = fc.record({
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
  absent: anyAbsence,
  seed: fc.nat(),
})

const raceEvents = fc.array(
  fc.record({ card: fc.constant(0), afterMs: fc.constantFrom(0, 1_000) }),
  {
    maxLength: 2,
  },
)

/**
 * Histories in which workers race for one job: it is delivered more than once, its requests are refused or
 * carried out, and stores and workers do what they should.
 */
export const anyRace: fc.Arbitrary<JobsPlan> = fc
  .record({
    change: fc.array(
      fc.constantFrom('usual', 'code:4000', 'code:PR07:signed', 'slow:150', 'html'),
      {
        maxLength: 4,
      },
    ),
    bound: fc.constantFrom(['D'], ['D'], ['D'], ['2'], ['D', '2'], []),
    workers: fc.integer({ min: 2, max: 3 }),
    concurrency: fc.integer({ min: 1, max: 2 }),
    duplicates: raceEvents,
    stalls: raceEvents,
    rebinds: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: raceEvents },
    ),
    maxTries: fc.integer({ min: 1, max: 6 }),
    seed: fc.nat(),
  })
  .map(({ change, bound, ...rest }) => ({
    ...rest,
    cards: [{ payType: 'D', bound, change, list: [], elsewhere: [] }],
    deaths: [],
    clockSteps: [],
    marks: { read: [], write: [] },
    hooks: [],
    failedQueue: [],
    absent: '8901',
  }))
