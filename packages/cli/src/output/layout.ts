import getWidth from 'fast-string-truncated-width'

/** How wide lines are where no terminal says otherwise. */
const WIDTH = 80

const LABEL = 11
const INDENT = '  '
const GAP = '  '
const PLAIN = /^[\x20-\x7e]*$/

/** How many columns a text takes up in a terminal. */
export function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : getWidth(text).width
}

/** Cuts a text off where it is wider than a number of columns. */
export function clip(text: string, limit: number): string {
  return widthOf(text) <= limit ? text : `${cut(text, limit - 1)[0] ?? ''}…`
}

/** Fills a text up with blanks to a number of columns. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

/** Cuts text into pieces that fit the columns; no character is lost. */
export function cut(text: string, width: number): string[] {
  const pieces: string[] = []
  let [piece, taken] = ['', 0]
  for (const character of text) {
    const more = widthOf(character)
    if (piece !== '' && taken + more > width) {
      pieces.push(piece)
      ;[piece, taken] = ['', 0]
    }
    piece += character
    taken += more
  }
  return [...pieces, piece]
}

/** Between Chinese characters a line may end anywhere, but no line begins with closing punctuation. */
const CHINESE =
  /[（“《「]*(?:[\p{Script=Han}—]|[^\p{Script=Han}—（“《「，。；：、！？）”》」…]+)[，。；：、！？）”》」…]*|[（“《「，。；：、！？）”》」…]+/gu

/** The parts of a word that a line may end between. */
const partsOf = (word: string): string[] =>
  PLAIN.test(word) ? [word] : (word.match(CHINESE) ?? [word])

/**
 * Breaks text at blanks and between Chinese characters so that no line is wider than the columns, and
 * a word that is wider where the columns end.
 */
export function breakLines(text: string, width: number = WIDTH): string[] {
  const lines: string[] = []
  let line = ''
  for (const [index, word] of text.split(' ').entries()) {
    let glue = index === 0 ? '' : ' '
    for (const part of partsOf(word).flatMap((each) => cut(each, width))) {
      if (line === '' || widthOf(line + glue + part) <= width) {
        line += (line === '' ? '' : glue) + part
      } else {
        lines.push(line)
        line = part
      }
      glue = ''
    }
  }
  return [...lines, line]
}

/** Lines of a text that stands to the right of something: all but the first are indented. */
export function beside(indent: number, text: string, width: number = WIDTH): string[] {
  return breakLines(text, width - indent).map((line, index) =>
    index === 0 ? line : ' '.repeat(indent) + line,
  )
}

/** A name, and what belongs to it. */
export type Row = readonly [name: string, text: string]

function lay(head: string, indent: number, text: string, width: number): string[] {
  const [first = '', ...rest] = beside(indent, text, width)
  return [(padTo(head, indent) + first).trimEnd(), ...rest]
}

/** Names and what belongs to them in two columns, the second wrapped beside the first. */
export function rows(entries: readonly Row[], width: number = WIDTH): string[] {
  const indent = Math.max(LABEL, ...entries.map(([name]) => widthOf(name) + GAP.length))
  return entries.flatMap(([name, text]) => lay(name, indent, text, width))
}

/** The widest a first column is where its texts are wrapped beside it. */
const WIDEST_NAME = 34

/** The same, indented, with the first column as wide as its widest name. */
export function columns(entries: readonly Row[], width: number = WIDTH): string[] {
  const widths = entries
    .map(([name]) => widthOf(INDENT + name))
    .filter((each) => each <= WIDEST_NAME)
  const indent = Math.max(0, ...widths) + 2
  return entries.flatMap(([name, text]) =>
    widthOf(INDENT + name) + 2 > indent
      ? [
          INDENT + name,
          ...breakLines(text, width - indent).map((line) => ' '.repeat(indent) + line),
        ]
      : lay(INDENT + name, indent, text, width),
  )
}

/** Lays cells out in columns that are as wide as their widest text. */
export function table(cells: readonly (readonly string[])[]): string[] {
  const count = Math.max(0, ...cells.map((row) => row.length))
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...cells.map((row) => widthOf(row[column] ?? ''))),
  )
  return cells.map((row) =>
    row
      .map((text, column) => padTo(text, widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  )
}
