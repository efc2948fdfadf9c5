// Compiles every @example of the public packages, as a user would paste it.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { report } from '@internal/testkit/report'
import { ROOT } from '@internal/testkit/repository'

import { compileExamples, type Example } from './documents/examples.ts'
import { temporaryFolder } from './pack/tarball.ts'

const EXAMPLE = /^ \* @example\n((?: \*.*\n)*?) \*(?:\/| @)/gm

function examplesOf(file: string): Example[] {
  return Array.from(readFileSync(join(ROOT, file), 'utf8').matchAll(EXAMPLE), ([, body = '']) => ({
    source: file,
    code: body.replaceAll(/^ \* ?/gm, ''),
  }))
}

const files = globSync('packages/*/src/**/*.ts', { cwd: ROOT })
const examples = files.flatMap(examplesOf)

await report('doc-examples', [
  {
    name: `${examples.length} examples compile`,
    ask: () =>
      examples.length === 0
        ? ['no example was found']
        : compileExamples(temporaryFolder('examples'), examples),
  },
])
