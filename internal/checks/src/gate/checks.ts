import type { Check } from './run-command.ts'

type Command = Check['command']

const run = (script: string): Command => [process.execPath, script]
const own = (name: string): Command => run(`internal/checks/src/${name}.ts`)
const environment = (action: string): Command => [...own('environment'), action]

/** A script that ends with the line `NAME: N passed, N failed`. */
const counted = (name: string, command: Command = own(name)): Check => ({
  name,
  command,
  totals: name,
})

/** What everything else needs. */
const BUILD: readonly Check[] = [
  { name: 'node', command: environment('node'), required: true },
  { name: 'tree-before', command: environment('note') },
  { name: 'build', command: ['turbo', 'run', 'build'], required: true },
]

const TREE_AFTER: Check = { name: 'tree-after', command: environment('compare') }

/** `npm test`, in order: what is cheap and breaks the most comes first. */
export const QUICK_CHECKS: readonly Check[] = [
  ...BUILD,
  { name: 'prune', command: environment('prune') },
  { name: 'types', command: ['tsc', '-b'] },
  { name: 'lint', command: ['oxlint', '--deny-warnings'] },
  { name: 'format', command: ['oxfmt', '--check'] },
  { name: 'unused', command: ['knip', '--no-progress'] },
  counted('structure'),
  counted('engines'),
  counted('changesets'),
  counted('workflows'),
  counted('doc-examples'),
  counted('reference', run('internal/reference/src/check.ts')),
  counted('vitest', ['vitest', 'run']),
  counted('pack'),
  counted('consumer'),
  { name: 'demo', command: run('internal/demo/src/main.ts'), output: /\bunbound\b/ },
  counted('documents'),
  TREE_AFTER,
]

/** `npm run check:all`: what `npm test` leaves out, since it takes longer or needs servers. */
export const LONG_CHECKS: readonly Check[] = [
  ...BUILD,
  counted('faults', [
    ...run('internal/campaigns/src/faults.ts'),
    '--count',
    '400',
    '--concurrency',
    '16',
  ]),
  counted('simulation', [...run('internal/campaigns/src/simulate.ts'), '--count', '25000']),
  counted('queues', run('internal/queues/src/contract.ts')),
  counted('queue-examples', run('internal/queues/src/examples.ts')),
  counted('kills', [...run('internal/campaigns/src/kills.ts'), '--short']),
  counted('mutations', [...run('internal/mutations/src/run.ts'), '--only', 'signature']),
  counted('runtimes', run('internal/runtimes/src/run.ts')),
  counted('installers'),
  counted('bundlers', run('internal/bundlers/src/main.ts')),
  counted('size', run('internal/runtimes/src/size.ts')),
  counted('browser', run('internal/browser/src/main.ts')),
  counted('bench', run('bench/src/check.ts')),
  {
    name: 'scale',
    command: ['npm', 'run', '--silent', 'scale', '--', '--counts', '300'],
    output: /^300 cards: /m,
  },
  counted('replay'),
  TREE_AFTER,
]
