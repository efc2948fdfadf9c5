import { columns, type Row } from './rows.ts'
import { breakLines } from './wrap.ts'

/** A paragraph, or rows in two columns. */
export type Block = string | readonly Row[]

const isHeading = (block: Block | undefined) => typeof block === 'string' && block.endsWith(':')

/** Lays paragraphs and rows out within 80 columns, with a blank line between, but none below a colon. */
export function layBlocks(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block, index) => [
    ...(index === 0 || isHeading(blocks[index - 1]) ? [] : ['']),
    ...(typeof block === 'string' ? breakLines(block) : columns(block)),
  ])
}
