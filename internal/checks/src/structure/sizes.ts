import type { SourceFile } from './source-file.ts'

const MAX_MEDIAN = 80
const NOTABLE = 200

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}

/** Prints how long the sources are, and complains when half of them are long. */
export function checkSizes(sources: readonly SourceFile[]): string[] {
  const middle = median(sources.map(({ lines }) => lines))
  console.log(`${sources.length} sources, median ${middle} lines; over ${NOTABLE} lines:`)
  for (const { lines, path } of sources.filter((each) => each.lines > NOTABLE)) {
    console.log(`  ${lines} ${path}`)
  }
  return middle < MAX_MEDIAN ? [] : [`the median is ${middle} lines, not under ${MAX_MEDIAN}`]
}
