/** Something to measure, by name. */
export type Contender = readonly [name: string, work: () => unknown]

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Runs contenders in turn, round by round, and gives the median of each in milliseconds. */
export async function sideBySide(
  contenders: readonly Contender[],
  rounds: number,
): Promise<ReadonlyMap<string, number>> {
  const times = new Map(contenders.map(([name]) => [name, new Array<number>()]))
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work] of contenders) times.get(name)?.push(await timed(work))
  }
  return new Map(Array.from(times, ([name, all]) => [name, median(all)]))
}
