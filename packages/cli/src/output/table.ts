import { padTo, widthOf } from './width.ts'

const GAP = '  '

/** Lays rows out in columns that are as wide as their widest text. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  )
  return rows.map((row) =>
    row
      .map((text, column) => padTo(text, widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  )
}
