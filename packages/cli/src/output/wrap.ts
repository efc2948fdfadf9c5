import { widthOf } from './width.ts'

/** How wide a terminal is taken to be. */
const COLUMNS = 80

/** Cuts text into pieces that are no wider than the columns; no character is lost. */
export function cut(text: string, columns: number): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const character of text) {
    if (piece !== '' && widthOf(piece + character) > columns) {
      pieces.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...pieces, piece]
}

/**
 * Breaks text at blanks so that no line is wider than the columns, and a word that is wider where the
 * columns end.
 */
export function breakLines(text: string, columns: number = COLUMNS): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((each) => cut(each, columns))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line === '' || widthOf(longer) <= columns) {
      line = longer
    } else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line]
}

/** Lines of a text that stands to the right of something: all but the first are indented. */
export function beside(indent: number, text: string): string[] {
  return breakLines(text, COLUMNS - indent).map((line, index) =>
    index === 0 ? line : ' '.repeat(indent) + line,
  )
}
