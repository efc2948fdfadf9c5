import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { ROOT } from '@internal/testkit/repository'

/** A document for users. */
export interface UserDocument {
  /** From the root. */
  readonly path: string
  readonly text: string
}

const WHERE = ['README*.md', 'docs/**/*.md', 'packages/*/README.md', 'examples/*/README.md']

/** Documents with a Chinese edition. */
const TRANSLATED = /^(?:README|docs\/README|docs\/performance|docs\/(?:guides|reference)\/.*)\.md$/

/** Documents without one: what they show is English itself. */
const ENGLISH_ONLY = ['docs/reference/cli.md']

/** The documents whose code is compiled and run. */
export function findDocuments(): UserDocument[] {
  return globSync(WHERE, { cwd: ROOT })
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
}

/** The files that the guide to web frameworks shows whole. */
export function findExampleFiles(): string[] {
  return globSync('examples/web/src/*.ts', { cwd: ROOT }).map((path) =>
    readFileSync(join(ROOT, path), 'utf8').trim(),
  )
}

/** The Chinese edition of a document; `undefined` for a document that has none and needs none. */
export function translationOf(path: string): string | undefined {
  if (path.endsWith('.zh-CN.md') || ENGLISH_ONLY.includes(path)) return undefined
  return TRANSLATED.test(path) ? path.replace(/\.md$/, '.zh-CN.md') : undefined
}

/** A fenced block of code. */
export interface CodeBlock {
  readonly language: string
  readonly code: string
  /** Where it begins, counted from 1. */
  readonly line: number
}

/** What two editions of a document must have in common, and what can be run of it. */
export interface Markdown {
  /** The levels of the headings, in order. */
  readonly headings: readonly number[]
  readonly blocks: readonly CodeBlock[]
  /** Rows and columns of each table, the head included. */
  readonly tables: readonly (readonly [rows: number, columns: number])[]
}

const FENCE = /^ *```(\S*)/
const ROW = /^\|.*\|$/

/** The cells of a row; a bar behind a backslash is text. */
const columnsOf = (line: string) => line.split(/(?<!\\)\|/).length - 2

/** Reads the shape of a document. */
export function readMarkdown(text: string): Markdown {
  const headings: number[] = []
  const blocks: CodeBlock[] = []
  const tables: [number, number][] = []
  const open: { language: string; line: number; code: string[] }[] = []
  let inTable = false
  for (const [index, line] of text.split('\n').entries()) {
    const fence = FENCE.exec(line)
    const block = open.at(-1)
    if (block !== undefined && fence === null) {
      block.code.push(line)
      continue
    }
    if (block !== undefined) {
      open.pop()
      blocks.push({ ...block, code: `${block.code.join('\n')}\n` })
    } else if (fence !== null) {
      open.push({ language: fence[1] ?? '', line: index + 1, code: [] })
    }
    const level = /^(#+) /.exec(line)?.[1]?.length
    if (level !== undefined) headings.push(level)
    const isRow = ROW.test(line)
    const last = tables.at(-1)
    if (isRow && inTable && last !== undefined) last[0] += 1
    else if (isRow) tables.push([1, columnsOf(line)])
    inTable = isRow
  }
  return { headings, blocks, tables }
}

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
