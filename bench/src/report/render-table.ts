import { partOf, valueOf, type Group, type Row } from '../measure/result.ts'

const digits = (value: number) => (value < 10 ? 2 : value < 100 ? 1 : 0)
const times = (value: number, base: number | undefined) =>
  base === undefined || base <= 0 ? '' : (value / base).toFixed(2)

/** How many times ours a row is when what both spend on RSA is taken off; empty where it signs nothing. */
function timesWithoutPart(group: Group, { value, role, signs }: Row): string {
  const [ours, part] = [valueOf(group, 'ours'), partOf(group)]
  if (ours === undefined || part === undefined || role === 'part' || signs === false) return ''
  return times(value - part, ours - part)
}

/** Leaves out the columns that say nothing below their head. */
function withoutEmpty(cells: readonly string[][]): string[][] {
  const body = cells.slice(1)
  const isUsed = (_: unknown, column: number) =>
    body.length === 0 || body.some((row) => row[column] !== '')
  return cells.map((row) => row.filter(isUsed))
}

/** The cells of a table, its head first. */
function cellsOf(group: Group): string[][] {
  const { title, unit, rows, goal } = group
  const [ours, limit] = [valueOf(group, 'ours'), valueOf(group, 'limit')]
  const hasPart = partOf(group) !== undefined
  const head = [title, unit, goal === undefined ? '× limit' : `× limit (goal ${goal})`, '× ours']
  const body = rows.map((row) => {
    const { name, value } = row
    const cells = [name, value.toFixed(digits(value)), times(value, limit), times(value, ours)]
    return hasPart ? [...cells, timesWithoutPart(group, row)] : cells
  })
  return withoutEmpty([hasPart ? [...head, '× ours, RSA taken off'] : head, ...body])
}

/** Cells as lines of Markdown, the head first, the columns aligned. */
export function alignTable(cells: readonly (readonly string[])[]): string[] {
  const widths = cells[0]?.map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  )
  const line = (row: readonly string[], fill = ' ') =>
    `| ${row.map((cell, column) => cell.padEnd(widths?.[column] ?? 0, fill)).join(' | ')} |`
  const [head = [], ...body] = cells
  return [
    line(head),
    line(
      head.map(() => ''),
      '-',
    ),
    ...body.map((row) => line(row)),
  ]
}

/** A table as lines of Markdown. */
export const renderTable = (group: Group): string[] => alignTable(cellsOf(group))
