import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'

import { ROOT, type Package } from '@internal/testkit/repository'

import { LONG_FILES } from './import-rules.ts'
import type { SourceFile } from './source-file.ts'

/** Says what is wrong with a file, if anything is. */
export type FileRule = (file: SourceFile) => string | undefined

const MAX_LINES = 300
const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:(?:\.[a-z0-9-]+)?\.(?:test|test-d|bench|d))?\.tsx?$/

/** What every source must keep to. */
export const FILE_RULES: Readonly<Record<string, FileRule>> = {
  'file names are kebab-case': ({ path }) =>
    KEBAB_CASE.test(basename(path)) ? undefined : 'is not kebab-case',
  'nothing is exported as default': ({ text }) =>
    /^export (?:default\b|\{[^}]*\bas default\b)/m.test(text) ? 'has a default export' : undefined,
  [`sources have at most ${MAX_LINES} lines`]: ({ lines, path, test }) =>
    lines > MAX_LINES && !test && !LONG_FILES.includes(path) ? `has ${lines} lines` : undefined,
}

const HEADER = /^ \* @module (?<name>\S+)$/gm

/** The entry points of a package with the source behind each, as its export map has them. */
function entryPoints({ id, manifest }: Package): Map<string, string> {
  const entries = new Map<string, string>()
  for (const [path, target] of Object.entries(manifest.exports ?? {})) {
    if (typeof target === 'string') continue
    entries.set(
      join(manifest.name, path),
      join('packages', id, target['@llpay/source'] ?? 'no condition @llpay/source'),
    )
  }
  return entries
}

/** Holds the `@module` headers and the export maps against each other. */
export function checkModuleHeaders(
  packages: readonly Package[],
  sources: readonly SourceFile[],
): string[] {
  const entries = new Map(packages.flatMap((each) => [...entryPoints(each)]))
  const headers = sources.flatMap(({ path, text }) =>
    Array.from(text.matchAll(HEADER), ({ groups = {} }) => ({ path, name: groups['name'] ?? '' })),
  )
  return [
    ...headers
      .filter(({ name, path }) => entries.get(name) !== path)
      .map(({ name, path }) => `${path} calls itself ${name}: the export map does not`),
    ...[...entries]
      .filter(([name, path]) => !headers.some((each) => each.name === name && each.path === path))
      .map(([name, path]) =>
        existsSync(join(ROOT, path))
          ? `${path} lacks the header "@module ${name}"`
          : `${name} leads to ${path}, which is not there`,
      ),
  ]
}

/** Phrases that nobody says, and what to write instead. Documents are checked for more of them. */
const PHRASES: readonly (readonly [source: string, instead: string])[] = [
  ['unless told', '(default: X)'],
  ['told (?:once|twice|again)', 'reported'],
  ['mend(?:s|ed|ing)?', 'fix'],
  ['whoever', 'anyone who, or name them'],
  ["one's own", 'your own'],
  ['of which', 'another sentence'],
  ['(?<!there )(?:is|are) no (?!longer|more)', 'is not a'],
  ['so many', 'a number, or that many'],
  ['that of', 'name the thing again'],
  ['by way of', 'through'],
  ['stands? in the way', 'name the problem'],
  ['how-manieth', '1-based number'],
  ['somebody lies', 'the reply is forged'],
  ['anew', 'again'],
  ['under way', 'in flight'],
]

const PATTERNS = PHRASES.map(([source, instead]) => ({
  pattern: new RegExp(`\\b${source.replaceAll(' ', '[\\s*/]+')}\\b`, 'giu'),
  instead,
}))

/** Where a phrase stays, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'internal/checks/src/documents/retired-words.ts': 'it lists them',
  'internal/checks/src/documents/documents.test.ts': 'it tests that list',
  'internal/checks/src/structure/file-rules.ts': 'it lists them',
  'internal/campaigns/src/kills.ts': 'columns of a table that others compare',
}

const COMMENT = /\/\*[^]*?\*\/|(?<=^|[\s;{(,])\/\/[^\n]*/g
const TEXT = /'(?:[^'\\\n]|\\.)* (?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)* (?:[^"\\\n]|\\.)*"/g

/** What people read in a source: its comments and texts. */
const readable = (text: string) => [...text.matchAll(COMMENT), ...text.matchAll(TEXT)]

/** Finds retired phrases in the comments and texts of sources. */
export function findRetiredPhrases(sources: readonly SourceFile[]): string[] {
  const checked = sources.filter(
    ({ path }) => !Object.keys(EXCEPTIONS).some((each) => path.startsWith(each)),
  )
  return checked.flatMap(({ path, text }) =>
    readable(text).flatMap(({ 0: part, index }) =>
      PATTERNS.flatMap(({ pattern, instead }) =>
        Array.from(part.matchAll(pattern), (match) => {
          const line = text.slice(0, index + match.index).split('\n').length
          return `${path}:${line}: "${match[0]}": write ${instead}`
        }),
      ),
    ),
  )
}
