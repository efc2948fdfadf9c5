// Compiles every @example of the public packages, as a user would paste it.
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

import { temporaryFolder } from './pack/temporary-folder.ts'
import { report } from './report.ts'
import { publicPackages, ROOT } from './repository.ts'

const EXAMPLE = /^ \* @example\n((?: \*.*\n)*?) \*(?:\/| @)/gm

interface Example {
  readonly source: string
  readonly code: string
}

function examplesOf(file: string): Example[] {
  return Array.from(readFileSync(join(ROOT, file), 'utf8').matchAll(EXAMPLE), ([, body = '']) => ({
    source: file,
    code: body.replaceAll(/^ \* ?/gm, ''),
  }))
}

/** Where the compiler finds each import of the packages: their build. */
function paths(): Record<string, string[]> {
  const entries = publicPackages().flatMap(({ folder, manifest }) =>
    Object.entries(manifest.exports ?? {}).flatMap(([path, target]): [string, string[]][] =>
      typeof target === 'string' || target['types'] === undefined
        ? []
        : [[join(manifest.name, path), [join(folder, target['types'])]]],
    ),
  )
  return Object.fromEntries(entries)
}

function compile(folder: string, examples: readonly Example[]): string[] {
  const names = examples.map(({ source, code }, index) => {
    const name = `${index}-${basename(source)}`
    writeFileSync(join(folder, name), `${code}\nexport {}\n`)
    return name
  })
  const compilerOptions = {
    target: 'es2023',
    lib: ['es2023'],
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
    module: 'esnext',
    moduleResolution: 'bundler',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    paths: paths(),
  }
  const config = { compilerOptions, files: names }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  try {
    execFileSync('tsc', ['-p', folder], { encoding: 'utf8' })
    return []
  } catch (error) {
    return [error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error)]
  }
}

const files = globSync('packages/*/src/**/*.ts', { cwd: ROOT })
const examples = files.flatMap(examplesOf)

await report('doc-examples', [
  {
    name: `${examples.length} examples compile`,
    ask: () =>
      examples.length === 0
        ? ['no example was found']
        : compile(temporaryFolder('examples'), examples),
  },
])
