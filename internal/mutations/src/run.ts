// Usage: run.ts [--only TEXT] removes one protection after another in a copy of the sources, and
// demands that the tests notice. --only takes the mutations whose name or file has TEXT in it.
import { spawn } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'

import { report, type Question } from '@internal/testkit/report'
import { ROOT } from '@internal/testkit/repository'

import { changeSource } from './changes.ts'
import type { Guard, Mutation } from './mutation.ts'
import { MUTATIONS } from './mutations.ts'

/** What is copied of the root; the rest has no part in the tests. */
const COPIED = [
  'apps',
  'bench',
  'examples',
  'internal',
  'packages',
  'package.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'tsconfig.test.json',
  'vitest.config.ts',
]

/** Made from the sources, and so never to be found in their place. */
const BUILT = ['dist', 'build', 'coverage', '.turbo']

/** Scopes of `node_modules` that lead back into the repository: they are copied, links as they are. */
const OWN_SCOPES = ['@internal', '@llpay']

/**
 * Copies the sources into their own folder, with links to the installed packages. The links
 * between the packages are relative, and so lead into the copy.
 */
function copyRepository(root: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'llpay-mutations-'))
  for (const name of COPIED) {
    cpSync(join(root, name), join(copy, name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !BUILT.includes(basename(source)),
    })
  }
  const modules = join(root, 'node_modules')
  mkdirSync(join(copy, 'node_modules'))
  for (const name of readdirSync(modules)) {
    const [from, to] = [join(modules, name), join(copy, 'node_modules', name)]
    if (OWN_SCOPES.includes(name)) cpSync(from, to, { recursive: true, verbatimSymlinks: true })
    else if (!name.startsWith('.') || name === '.pnpm') symlinkSync(from, to)
  }
  return copy
}

/**
 * Mutates a file of the copy; gives what puts it back.
 *
 * @throws where its place is not in the file exactly once.
 */
function applyMutation(copy: string, { file, in: path, change }: Mutation): () => void {
  const place = join(copy, file)
  const source = readFileSync(place, 'utf8')
  writeFileSync(place, changeSource(source, path, [change].flat()))
  return () => writeFileSync(place, source)
}

/** How a guard ended. */
interface Outcome {
  readonly passed: number
  readonly failed: number
  /** It ran to its end, and its exit code agrees with its totals. */
  readonly sound: boolean
  readonly output: string
}

const TOTALS = /^(?:[\w-]+): (\d+) passed, (\d+) failed/gm
const TIME_LIMIT_MS = 180_000

function commandOf(root: string, guard: Guard): readonly string[] {
  // The sources are run as they are, so that no build stands between a mutation and its guard.
  if ('script' in guard) return ['--conditions=@llpay/source', ...guard.script]
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  return [vitest, 'run', '--project', guard.project, ...guard.files]
}

/** Runs a guard in a copy of the repository. */
async function runGuard(root: string, copy: string, guard: Guard): Promise<Outcome> {
  const child = spawn(process.execPath, commandOf(root, guard), {
    cwd: copy,
    env: { ...process.env, NO_COLOR: '1', LLPAY_NO_BUNDLE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIME_LIMIT_MS,
  })
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve).once('error', reject)
  })
  const [code, ...printed] = await Promise.all([exited, text(child.stdout), text(child.stderr)])
  const output = printed.join('\n')
  const [, passed = '0', failed = '0'] = Array.from(output.matchAll(TOTALS)).at(-1) ?? []
  return {
    passed: Number(passed),
    failed: Number(failed),
    sound: code === (Number(failed) === 0 ? 0 : 1),
    output,
  }
}

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } })

const nameOf = (guard: Guard) => ('script' in guard ? guard.script : guard.files).join(' ')

const tail = (output: string) => output.trim().split('\n').slice(-12).join('\n')

/** Unless it passes on the sources as they are, a guard that fails proves nothing. */
const soundness = (copy: string, guard: Guard): Question => ({
  name: `as it is: ${nameOf(guard)}`,
  ask: async () => {
    const { passed, failed, sound, output } = await runGuard(ROOT, copy, guard)
    return sound && failed === 0 && passed > 0 ? [] : [tail(output)]
  },
})

const question = (copy: string, mutation: Mutation, guard: Guard): Question => ({
  name: `${mutation.name}: ${nameOf(guard)}`,
  ask: async () => {
    const restore = applyMutation(copy, mutation)
    try {
      const { passed, failed, sound, output } = await runGuard(ROOT, copy, guard)
      if (failed === 0) return ['survived: the tests pass without this protection']
      if (passed === 0 || !sound)
        return ['the mutation broke the tests, so it proves nothing', tail(output)]
      console.log(`     noticed by ${failed} of ${passed + failed}`)
      return []
    } finally {
      restore()
    }
  },
})

const chosen = MUTATIONS.filter(({ name, file }) =>
  [name, file].some((each) => each.includes(values.only)),
)
const guards = new Map(
  chosen.flatMap(({ guards: each }) => each.map((guard) => [nameOf(guard), guard])),
)
const copy = copyRepository(ROOT)
try {
  await report('mutations', [
    ...Array.from(guards.values(), (guard) => soundness(copy, guard)),
    ...chosen.flatMap((mutation) =>
      mutation.guards.map((guard) => question(copy, mutation, guard)),
    ),
  ])
} finally {
  rmSync(copy, { recursive: true, force: true })
}
