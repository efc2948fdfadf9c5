import type { Bound } from './bounds.ts'
import type { Group } from './measure/result.ts'

/** What a bound came to; `ratio` is undefined where a row was not measured. */
export interface Judgement {
  readonly bound: Bound
  readonly ratio: number | undefined
  readonly isKept: boolean
}

function find(groups: readonly Group[], title: string, name: string): number | undefined {
  return groups.find((group) => group.title === title)?.rows.find((row) => row.name === name)?.value
}

/** Holds what was measured against a bound. */
export function judge(bound: Bound, groups: readonly Group[]): Judgement {
  const [of, to] = [bound.of, bound.to].map((name) => find(groups, bound.title, name))
  const ratio = of === undefined || to === undefined || to === 0 ? undefined : of / to
  return { bound, ratio, isKept: ratio !== undefined && ratio <= bound.atMost }
}

/** Whether a judgement fails the check: a ratio that was not measured, or one of bytes over its bound. */
export function fails({ bound, ratio, isKept }: Judgement): boolean {
  return ratio === undefined || (!isKept && bound.isOfBytes === true)
}

/** The better one of two judgements of the same bound. */
export function better(one: Judgement, other: Judgement | undefined): Judgement {
  return (other?.ratio ?? Infinity) < (one.ratio ?? Infinity) ? (other ?? one) : one
}
