import type { Cause } from './cause.ts'

/** A member of the signed text. */
export interface Member {
  readonly name: string
  readonly text: string
}

/** One way to do a step of signing; the first of each list is the correct one, without a cause. */
export interface Variation<Step> {
  /** What was done wrong, and what is correct. */
  readonly cause?: Cause
  readonly step: Step
  /** How many mistakes it counts as (default: 1). */
  readonly cost?: number
}

/** A change of values, names, or both (default: values). */
export interface Rewrite extends Variation<(text: string) => string> {
  readonly of?: 'names' | 'both'
}

/** The variations within a budget of mistakes, each with the mistakes that remain. */
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

/** The most steps of a search: about a second of one CPU in Node. */
export const DEFAULT_STEPS = 200_000

/** The characters that one step handles. */
const STEP = 2048
/** Up to two mistakes at once are common; three are tried as far as the steps reach. */
const COMMON_MISTAKES = 2
/** The steps between two pauses. */
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

  /** Whether the search stopped before it had tried all common mistakes. */
  get isCutShort(): boolean {
    return this.#isCutShort
  }

  /** Records that the search stopped while it tried this many mistakes at once. */
  stopAt(mistakes: number): void {
    if (mistakes <= COMMON_MISTAKES) this.#isCutShort = true
  }

  /** Counts work on a text of this length. */
  spend(characters: number): void {
    this.#steps += 1 + Math.floor(characters / STEP)
  }

  /** Whether it is time to yield; `true` once per stretch of steps. */
  isPauseDue(): boolean {
    if (this.#steps < this.#pauseAt) return false
    this.#pauseAt = this.#steps + STRETCH
    return true
  }
}
