import { padTo } from './width.ts'
import { wrap } from './wrap.ts'

const LABEL = 11
const COLUMNS = 80

/** Names and what belongs to them in two columns, the second wrapped beside the first. */
export function rows(entries: readonly (readonly [string, string])[]): string[] {
  return entries.flatMap(([name, text]) => {
    const [first = '', ...rest] = wrap(text, COLUMNS - LABEL).split('\n')
    return [
      (padTo(name, LABEL) + first).trimEnd(),
      ...rest.map((line) => ' '.repeat(LABEL) + line.trim()),
    ]
  })
}
