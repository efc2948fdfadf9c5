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
  /** The rounds that come first and are not counted (default: 1). */
  readonly warmUp?: number
  /** How the samples of a contender become one value (default: their median). */
  readonly pick?: (samples: readonly number[]) => number
}

/**
 * Lets contenders take turns, round by round, so that what disturbs the machine disturbs them all,
 * and gives one value of each. The first rounds warm up and are not counted. A contender that fails
 * is left out: it loses its row, and nobody else does.
 */
export async function interleave(
  contenders: readonly Contender[],
  rounds: number,
  { warmUp = 1, pick = median }: Interleaving = {},
): Promise<Row[]> {
  const entries = contenders.map((contender) => ({ contender, samples: new Array<number>() }))
  const broken = new Set<Contender>()
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const { contender, samples } of entries) {
      if (broken.has(contender)) continue
      try {
        const value = await contender.sample()
        if (round >= 0) samples.push(value)
      } catch (error) {
        broken.add(contender)
        console.error(`${contender.name} is left out, since it failed: ${String(error)}`)
      }
    }
  }
  return entries
    .filter(({ contender }) => !broken.has(contender))
    .map(({ contender: { name, role, signs }, samples }) => ({
      name,
      role,
      ...(signs === false ? { signs } : {}),
      value: pick(samples),
    }))
}
