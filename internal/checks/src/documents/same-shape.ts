import { readMarkdown } from './read-markdown.ts'

const differ = (left: unknown, right: unknown) => JSON.stringify(left) !== JSON.stringify(right)

/** Says where a translation is no longer in step: headings, blocks of code, tables. */
export function sameShape(original: string, translation: string): string[] {
  const [one, other] = [readMarkdown(original), readMarkdown(translation)]
  const blocks = one.blocks.filter(({ language, code }, index) => {
    const same = other.blocks[index]
    return same === undefined || differ([language, code], [same.language, same.code])
  })
  return [
    ...(differ(one.headings, other.headings)
      ? [
          `headings: ${one.headings.join(' ')} where the translation has ${other.headings.join(' ')}`,
        ]
      : []),
    ...blocks.map(({ line }) => `the block of line ${line} is not the same`),
    ...(other.blocks.length > one.blocks.length ? ['the translation has more blocks of code'] : []),
    ...(differ(one.tables, other.tables)
      ? [`tables: ${one.tables.join(' ')} where the translation has ${other.tables.join(' ')}`]
      : []),
  ]
}
