const WIDTH = 80
const LABEL = 18

/** Prints the heading of a step. */
export function title(text: string): void {
  process.stdout.write(`\n${text}\n`)
}

/** Breaks text into lines, at blanks where there are any. */
function fold(text: string, width: number): string[] {
  const lines: string[] = []
  let rest = text
  while (rest.length > width) {
    const blank = rest.lastIndexOf(' ', width)
    const end = blank > 0 ? blank : width
    lines.push(rest.slice(0, end))
    rest = rest.slice(end).trimStart()
  }
  return [...lines, rest]
}

/** Prints one fact of a step, with its label in its own column. */
export function show(label: string, fact: unknown): void {
  const [first = '', ...rest] = fold(String(fact), WIDTH - LABEL - 2)
  process.stdout.write(`  ${label.padEnd(LABEL)}${first}\n`)
  for (const line of rest) process.stdout.write(`  ${' '.repeat(LABEL)}${line}\n`)
}
