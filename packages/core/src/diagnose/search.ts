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

/** What is done to values, to names, or to both (default: to values). */
export interface Rewrite extends Variation<(text: string) => string> {
  readonly of?: 'names' | 'both'
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

/** How many steps a search takes at most: about a second of one processor in Node. */
export const DEFAULT_STEPS = 200_000

/** A step is work on as many characters as this. */
const STEP = 2048
/** Three mistakes at once are looked for as far as the steps reach; up to two are usual. */
const USUAL_MISTAKES = 2
/** How many steps are taken between two pauses. */
const STRETCH = 2000

/** Counts the work of a search, so that the same message stops at the same place on every machine. */
export class SearchBudget {
  readonly #limit: number
  #steps = 0
  #isCutShort = false
  #pauseAt = STRETCH

  constructor(limit: number) {
    this.#limit = limit
  }

  get steps(): number {
    return Math.min(this.#steps, this.#limit)
  }

  /** Whether the search has to stop. */
  get isSpent(): boolean {
    return this.#steps > this.#limit
  }

  /** Whether the search stopped before it had tried what is usual. */
  get isCutShort(): boolean {
    return this.#isCutShort
  }

  /** Notes that the search stopped while it looked for this many mistakes at once. */
  stopAt(mistakes: number): void {
    if (mistakes <= USUAL_MISTAKES) this.#isCutShort = true
  }

  /** Notes work on a text of this length. */
  spend(characters: number): void {
    this.#steps += 1 + Math.floor(characters / STEP)
  }

  /** Whether it is time to let others run; answers yes once for each stretch of steps. */
  isPauseDue(): boolean {
    if (this.#steps < this.#pauseAt) return false
    this.#pauseAt = this.#steps + STRETCH
    return true
  }
}
