import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

import { ROOT } from '@internal/testkit/repository'

/** A TypeScript source with what its rules look at. */
export interface SourceFile {
  /** From the root: `packages/core/src/index.ts`. */
  readonly path: string
  readonly text: string
  readonly lines: number
  readonly test: boolean
  /** What it imports: paths from the root for relative imports, names for all others. */
  readonly imports: readonly string[]
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8')
  return {
    path,
    text,
    lines: text.trimEnd().split('\n').length,
    test: /\.(?:test|test-d|bench)\.ts$/.test(path),
    imports: readImports(text).map((name) =>
      name.startsWith('.') ? relative('', join(dirname(path), name)) : name,
    ),
  }
}

/** Reads all sources of the packages, public and internal. */
export function readSources(): SourceFile[] {
  return globSync('{{{packages,internal,apps}/*,bench}/src/**,internal/sources}/*.{ts,tsx}', {
    cwd: ROOT,
  })
    .toSorted()
    .map(readSource)
}

// The formatter, and esbuild, put every statement at the start of a line.
const STATEMENT =
  /^(?:import|export)\b(?:[^'"=;]*?\bfrom)?\s*(?<quote>['"])(?<name>[^'"]+)\k<quote>/gm
const DYNAMIC = /\bimport\(\s*(?<quote>['"])(?<name>[^'"]+)\k<quote>\s*\)/g
const COMMENT_LINE = /^\s*(?:\/\/|\/\*|\*).*$/gm

/** Lists what a source imports or re-exports: values, types and `import()`. */
export function readImports(text: string): string[] {
  const code = text.replaceAll(COMMENT_LINE, '')
  return [STATEMENT, DYNAMIC].flatMap((pattern) =>
    Array.from(code.matchAll(pattern), ({ groups = {} }) => groups['name'] ?? ''),
  )
}
