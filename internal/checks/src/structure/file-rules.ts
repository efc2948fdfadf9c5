import { basename } from 'node:path'

import { LONG_FILES } from './arrows.ts'
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
