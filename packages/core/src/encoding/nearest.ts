/** How many typing mistakes lie between two words: a letter more, less, wrong, or two swapped. */
function countMistakes(left: string, right: string): number {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, index) => index)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity
  for (let row = 1; row <= left.length; row += 1) {
    rows.push([row])
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1]
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      const mistakes = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (same ? 0 : 1),
        swapped ? at(row - 2, column - 2) + 1 : Infinity,
      )
      rows[row]?.push(mistakes)
    }
  }
  return at(left.length, right.length)
}

const MAX_LENGTH = 60

/** Finds the word that was probably meant: few mistakes away, measured by its length. */
export function findNearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > MAX_LENGTH) return undefined
  const ranked = known
    .map((candidate) => ({ candidate, mistakes: countMistakes(word, candidate) }))
    .toSorted((left, right) => left.mistakes - right.mistakes)
  const [best] = ranked
  if (best === undefined || best.mistakes > Math.max(1, Math.floor(best.candidate.length / 3))) {
    return undefined
  }
  return best.candidate
}
