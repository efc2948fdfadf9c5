/** A member on its way into the signed text. */
export interface Member {
  readonly name: string
  readonly text: string
}

/** One way to do a step of signing; the first of each list is the right one, and says nothing. */
export interface Variation<Step> {
  /** What was done wrong, and what is right. */
  readonly says: string
  readonly step: Step
  /** As how many mistakes it counts; 1 unless told. */
  readonly cost?: number
}

/** The ways that cost no more than there is to spend, each with what is left then. */
export function* within<Step>(
  variations: readonly Variation<Step>[],
  budget: number,
): Generator<readonly [Variation<Step>, left: number]> {
  for (const [index, variation] of variations.entries()) {
    const left = budget - (index === 0 ? 0 : (variation.cost ?? 1))
    if (left >= 0) yield [variation, left]
  }
}
