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
import type { Fate } from '../world.ts'
import type { DiskPlay } from './disk.ts'

/** Runs of `llpay card unbind-many` over one ledger, before they happen. */
export interface RunnerPlan {
  readonly cards: readonly CardPlan[]
  /** Lines of the file that name a card which an earlier line named. */
  readonly repeated: readonly number[]
  /** Where runs are started, again and again until all is done: containers that share a folder. */
  readonly places: readonly Timed[]
  readonly fates: readonly (Fate & { readonly place: number; readonly run: number })[]
  readonly rebinds: readonly (Timed & { readonly card: number })[]
  readonly clockSteps: readonly (Timed & { readonly ms: number })[]
  readonly disk: readonly DiskPlay[]
  readonly concurrency: number
  readonly tries: number
  readonly absent: string
  readonly seed: number
}

const DAY_MS = 86_400_000

/** Any runs. */
export const anyRuns: fc.Arbitrary<RunnerPlan> = fc.record({
  cards: fc.array(anyCard, { minLength: 1, maxLength: 3 }),
  repeated: few(nth),
  places: fc.array(fc.record({ afterMs }), { minLength: 1, maxLength: 2 }),
  fates: fc.array(
    fc.record({
      place: fc.nat({ max: 1 }),
      run: fc.nat({ max: 2 }),
      afterSteps: fc.integer({ min: 1, max: 120 }),
      what: weighted<Fate['what']>([
        [3, 'dies'],
        [2, 'sleeps'],
        [1, 'is interrupted'],
        [1, 'loses power'],
      ]),
    }),
    { maxLength: 3 },
  ),
  rebinds: few(fc.record({ card: nth, afterMs })),
  clockSteps: few(
    fc.record({
      afterMs,
      ms: weighted([
        [1, -DAY_MS],
        [1, -60_000],
        [1, DAY_MS],
      ]),
    }),
  ),
  disk: fc.array(
    weighted<DiskPlay>([
      [30, 'fine'],
      [1, 'full'],
      [1, 'full-halfway'],
      [1, 'sync-fails'],
    ]),
    { maxLength: 40 },
  ),
  concurrency: fc.integer({ min: 1, max: 2 }),
  tries: fc.integer({ min: 1, max: 3 }),
  absent: anyAbsence,
  seed: fc.nat(),
})
