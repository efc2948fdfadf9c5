import * as fc from 'fast-check'

import { storePlays, type StorePlay } from '../jobs/jobs-plan.ts'
import { afterMs, few, nth, type Timed } from '../plan.ts'

/** A notification that LianLian sends, or somebody else. */
export interface NoticePlan {
  readonly isForged: boolean
  /** Its copies: when each is sent for the first time, and to which receiver. */
  readonly copies: readonly (Timed & { readonly receiver: number })[]
}

/** A history of receivers, before it happens. */
export interface ReceiversPlan {
  readonly notices: readonly NoticePlan[]
  readonly receivers: number
  /** How long a claim holds: what ends before LianLian's deadline may be acknowledged too late. */
  readonly leaseMs: number
  /** What happens to receivers: to each of the next one to be started, after a number of steps of it. */
  readonly fates: readonly {
    readonly receiver: number
    readonly afterSteps: number
    readonly what: 'dies' | 'sleeps'
  }[]
  /** What is wrong with each access to the store of what was seen. */
  readonly seen: readonly StorePlay[]
  /** What is wrong with each call of `onNotification`. */
  readonly hooks: readonly StorePlay[]
  readonly seed: number
}

/** Any history of receivers that share a store. */
export const anyReceivers: fc.Arbitrary<ReceiversPlan> = fc.record({
  notices: fc.array(
    fc.record({
      isForged: fc.nat(9).map((number) => number === 0),
      copies: fc.array(fc.record({ afterMs, receiver: nth }), { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  receivers: fc.integer({ min: 1, max: 2 }),
  leaseMs: fc.constantFrom(50, 1_000, 110_000),
  fates: few(
    fc.record({
      receiver: nth,
      afterSteps: fc.integer({ min: 1, max: 20 }),
      what: fc.constantFrom('dies', 'dies', 'sleeps'),
    }),
  ),
  seen: storePlays,
  hooks: storePlays,
  seed: fc.nat(),
})
