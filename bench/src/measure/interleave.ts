import { median } from './median.ts'
import type { Row } from './result.ts'

/** Something to measure: `sample` does its work and says what it cost. */
export interface Contender {
  readonly name: string
  readonly role: Row['role']
  readonly signs?: false
  sample(): Promise<number> | number
}

/** How rounds are counted. */
interface Interleaving {
  /** The rounds that come first and are not counted; 1 unless told. */
  readonly warmUp?: number
  /** What becomes of the samples of a contender: their median, unless told. */
  readonly pick?: (samples: readonly number[]) => number
}

/**
 * Lets contenders take turns, round by round, so that what disturbs the machine disturbs them all,
 * and gives one value of each. The first rounds warm up and are not counted.
 */
export async function interleave(
  contenders: readonly Contender[],
  rounds: number,
  { warmUp = 1, pick = median }: Interleaving = {},
): Promise<Row[]> {
  const samples = contenders.map((): number[] => [])
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const value = await contender.sample()
      if (round >= 0) samples[index]?.push(value)
    }
  }
  return contenders.map(({ name, role, signs }, index) => ({
    name,
    role,
    ...(signs === false ? { signs } : {}),
    value: pick(samples[index] ?? []),
  }))
}
