import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

import { publicPackages, ROOT } from '@internal/testkit/repository'

/** A piece of code that a user would paste. */
export interface Example {
  /** Where it stands. */
  readonly source: string
  readonly code: string
}

/** What users of the adapters bring, and where it is installed here. */
const QUEUE_PACKAGES = ['bullmq', 'ioredis', 'pg-boss']
const QUEUES = join(ROOT, 'internal/queues/node_modules')

/** Where the compiler finds each import: the build of ours, the packages of queues, and vitest. */
function paths(): Record<string, string[]> {
  const entries = publicPackages().flatMap(({ folder, manifest }) =>
    Object.entries(manifest.exports ?? {}).flatMap(([path, target]): [string, string[]][] =>
      typeof target === 'string' || target['types'] === undefined
        ? []
        : [[join(manifest.name, path), [join(folder, target['types'])]]],
    ),
  )
  const queues = QUEUE_PACKAGES.map((name): [string, string[]] => [name, [join(QUEUES, name)]])
  const vitest: [string, string[]] = ['vitest', [join(ROOT, 'node_modules/vitest')]]
  return Object.fromEntries([...entries, ...queues, vitest])
}

/** Compiles examples against the built packages, in a folder that is empty; returns what tsc says. */
export function compileExamples(folder: string, examples: readonly Example[]): string[] {
  const names = examples.map(({ source, code }, index) => {
    const name = `${index}-${basename(source).replace(/\.(?:ts|md)$/, '')}.ts`
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
