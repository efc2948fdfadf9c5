const COLUMNS = 80
const INDENT = '  '

/** Breaks text at blanks so that no line is wider than the columns; later lines are indented. */
export function wrap(text: string, columns: number = COLUMNS): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line === '' || longer.length <= columns) {
      line = longer
    } else {
      lines.push(line)
      line = INDENT + word
    }
  }
  return [...lines, line].join('\n')
}
