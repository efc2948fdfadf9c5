/** A table cell: a bar would end it. */
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`

/** A table. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n')
}

/** A block of code. */
export const fenced = (language: string, code: string) =>
  ['```' + language, code.trimEnd(), '```'].join('\n')

/** A name or value, as code. */
export const mono = (text: string) => `\`${text}\``

/** Text in which the names of members and endpoints stand as code. */
export const monoNames = (text: string) =>
  text.replaceAll(/\b[a-z]+(?:[_.][a-z]+)+\b/g, (name) => mono(name))

/** A page: its parts with an empty line between them; parts that are empty are left out. */
export const page = (parts: readonly string[]) => `${parts.filter(Boolean).join('\n\n')}\n`
