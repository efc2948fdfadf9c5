import { padTo, widthOf } from './width.ts'
import { beside } from './wrap.ts'

const LABEL = 11
const INDENT = '  '

/** A name, and what belongs to it. */
export type Row = readonly [name: string, text: string]

const lay = (head: string, width: number, text: string) => {
  const [first = '', ...rest] = beside(width, text)
  return [(padTo(head, width) + first).trimEnd(), ...rest]
}

/** Names and what belongs to them in two columns, the second wrapped beside the first. */
export function rows(entries: readonly Row[]): string[] {
  return entries.flatMap(([name, text]) => lay(name, LABEL, text))
}

/** The same, indented, with the first column as wide as its widest name. */
export function columns(entries: readonly Row[]): string[] {
  const width = Math.max(...entries.map(([name]) => widthOf(INDENT + name))) + 2
  return entries.flatMap(([name, text]) => lay(INDENT + name, width, text))
}
