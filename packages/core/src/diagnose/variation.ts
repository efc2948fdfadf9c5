import type { Cause } from './cause.ts'

/** A member on its way into the signed text. */
export interface Member {
  readonly name: string
  readonly text: string
}

/** One way to do a step of signing; the first of each list is the right one, and has no cause. */
export interface Variation<Step> {
  /** What was done wrong, and what is right. */
  readonly cause?: Cause
  readonly step: Step
  /** How many mistakes it counts as (default: 1). */
  readonly cost?: number
}

/** The ways that cost no more than there is to spend, each with what is left then. */
export function* within<Step>(
  variations: Iterable<Variation<Step>>,
  mistakes: number,
): Generator<readonly [Variation<Step>, left: number]> {
  let isRight = true
  for (const variation of variations) {
    const left = mistakes - (isRight ? 0 : (variation.cost ?? 1))
    isRight = false
    if (left >= 0) yield [variation, left]
  }
}
