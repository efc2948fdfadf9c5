import { compareByteOrder } from '../signing/byte-order.ts'

/** How a language writes an object or a list as text. */
export interface NestedStyle {
  readonly comma: string
  readonly colon: string
  readonly text: (text: string) => string
  /** Whether the members are sorted by their names. */
  readonly isSorted?: boolean
}

/** Writes a value that was JSON in the style of a language. */
export function writeNested(value: unknown, style: NestedStyle): string {
  if (typeof value === 'string') return style.text(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) {
    return `[${value.map((each) => writeNested(each, style)).join(style.comma)}]`
  }
  const entries = Object.entries(value)
  const ordered =
    style.isSorted === true ? entries.toSorted(([a], [b]) => compareByteOrder(a, b)) : entries
  const members = ordered.map(
    ([name, each]) => style.text(name) + style.colon + writeNested(each, style),
  )
  return `{${members.join(style.comma)}}`
}
