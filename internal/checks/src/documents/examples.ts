import { execFileSync, execFile } from 'node:child_process'
import { writeFileSync, mkdirSync, symlinkSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

import { publicPackages, ROOT } from '@internal/testkit/repository'

import { runTool, temporaryFolder } from '../pack/tarball.ts'
import { startSandbox } from './run-document.ts'

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

/** Whether an example is a file of tests. */
export const isVitestFile = (code: string): boolean => /from 'vitest'/.test(code)

/** Runs files of tests against the built packages, as a reader who pasted them would. */
export function runVitest(tests: readonly Example[]): string[] {
  const folder = temporaryFolder('vitest')
  const modules = join(folder, 'node_modules')
  mkdirSync(modules)
  symlinkSync(join(ROOT, 'packages/cli/node_modules/@llpay'), join(modules, '@llpay'))
  symlinkSync(join(ROOT, 'node_modules/vitest'), join(modules, 'vitest'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  for (const { source, code } of tests) writeFileSync(join(folder, `${source}.test.ts`), code)
  const { ok, output } = runTool(['vitest', 'run', '--root', folder], folder)
  return ok ? [] : [output]
}

const EXAMPLE = join(ROOT, 'examples/node/unbind.ts')
const EXPECTED = /^unbound signed-reply$/m

/** Runs the first example of README against a sandbox: it is a file of the examples. */
export async function runReadmeExample(blocks: readonly string[]): Promise<string[]> {
  const [, ...lines] = readFileSync(EXAMPLE, 'utf8').trimEnd().split('\n')
  if (!blocks.some((code) => code.trimEnd() === lines.join('\n').trimStart())) {
    return ['README shows another example than examples/node/unbind.ts']
  }
  const path = [join(ROOT, 'node_modules/.bin'), process.env['PATH']].join(':')
  const env = { ...process.env, PATH: path }
  const sandbox = await startSandbox('llpay sandbox', { folder: temporaryFolder('readme'), env })
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [EXAMPLE], {
      env: { ...env, ...sandbox.environment },
    })
    return EXPECTED.test(stdout) ? [] : [`the example printed ${stdout}`]
  } finally {
    await sandbox.stop()
  }
}
