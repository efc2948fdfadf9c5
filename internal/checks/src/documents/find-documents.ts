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
