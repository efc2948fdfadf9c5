import { median } from './median.ts'
import type { Row } from './result.ts'

/** Something to measure: `sample` does its work and says what it cost. */
export interface Contender {
  readonly name: string
  readonly role: Row['role']
  sample(): Promise<number> | number
}

/**
 * Lets contenders take turns, round by round, so that what disturbs the machine disturbs them all,
 * and gives the median of each. The first round warms up and is not counted.
 */
export async function interleave(contenders: readonly Contender[], rounds: number): Promise<Row[]> {
  const samples = contenders.map((): number[] => [])
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const value = await contender.sample()
      if (round >= 0) samples[index]?.push(value)
    }
  }
  return contenders.map(({ name, role }, index) => ({
    name,
    role,
    value: median(samples[index] ?? []),
  }))
}
