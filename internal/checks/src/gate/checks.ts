import type { Check } from './check.ts'

type Command = Check['command']

const run = (script: string): Command => [process.execPath, script]
const own = (name: string): Command => run(`internal/checks/src/${name}.ts`)

/** The gate, in order: what is cheap and breaks the most comes first. */
export const CHECKS: readonly Check[] = [
  { name: 'node', command: own('node-version'), required: true, timeoutSeconds: 10 },
  { name: 'tree-before', command: [...own('clean-tree'), 'note'], timeoutSeconds: 30 },
  { name: 'build', command: ['turbo', 'run', 'build'], required: true, timeoutSeconds: 180 },
  { name: 'prune', command: own('prune-outputs'), timeoutSeconds: 30 },
  { name: 'types', command: ['tsc', '-b'], timeoutSeconds: 120 },
  { name: 'lint', command: ['oxlint', '--deny-warnings'], timeoutSeconds: 120 },
  { name: 'format', command: ['oxfmt', '--check'], timeoutSeconds: 60 },
  { name: 'unused', command: ['knip', '--no-progress'], timeoutSeconds: 60 },
  { name: 'structure', command: own('structure'), totals: 'structure', timeoutSeconds: 30 },
  { name: 'engines', command: own('engines'), totals: 'engines', timeoutSeconds: 30 },
  { name: 'changesets', command: own('changesets'), totals: 'changesets', timeoutSeconds: 60 },
  {
    name: 'doc-examples',
    command: own('doc-examples'),
    totals: 'doc-examples',
    timeoutSeconds: 60,
  },
  {
    name: 'reference',
    command: run('internal/reference/src/check.ts'),
    totals: 'reference',
    timeoutSeconds: 60,
  },
  { name: 'vitest', command: ['vitest', 'run'], totals: 'vitest', timeoutSeconds: 300 },
  { name: 'pack', command: own('pack'), totals: 'pack', timeoutSeconds: 180 },
  { name: 'consumer', command: own('consumer'), totals: 'consumer', timeoutSeconds: 240 },
  {
    name: 'faults',
    command: [...run('internal/campaigns/src/faults.ts'), '--count', '400'],
    totals: 'faults',
    timeoutSeconds: 150,
  },
  {
    name: 'queues',
    command: run('internal/queues/src/contract.ts'),
    totals: 'queues',
    timeoutSeconds: 240,
  },
  {
    name: 'queue-examples',
    command: run('internal/queues/src/examples.ts'),
    totals: 'queue-examples',
    timeoutSeconds: 120,
  },
  {
    name: 'kills',
    command: [...run('internal/campaigns/src/kills.ts'), '--short'],
    totals: 'kills',
    timeoutSeconds: 240,
  },
  {
    name: 'mutations',
    command: [...run('internal/mutations/src/run.ts'), '--only', 'signature'],
    totals: 'mutations',
    timeoutSeconds: 120,
  },
  {
    name: 'runtimes',
    command: run('internal/runtimes/src/run.ts'),
    totals: 'runtimes',
    timeoutSeconds: 300,
  },
  {
    name: 'size',
    command: run('internal/runtimes/src/size.ts'),
    totals: 'size',
    timeoutSeconds: 60,
  },
  {
    name: 'bench',
    command: run('bench/src/check.ts'),
    totals: 'bench',
    timeoutSeconds: 240,
  },
  {
    name: 'scale',
    command: ['npm', 'run', '--silent', 'scale', '--', '--counts', '300'],
    output: /^300 cards: /m,
    timeoutSeconds: 120,
  },
  {
    name: 'demo',
    command: run('internal/demo/src/main.ts'),
    output: /\bunbound\b/,
    timeoutSeconds: 60,
  },
  { name: 'readme', command: own('readme'), totals: 'readme', timeoutSeconds: 60 },
  { name: 'documents', command: own('documents'), totals: 'documents', timeoutSeconds: 120 },
  { name: 'replay', command: own('replay'), totals: 'replay', timeoutSeconds: 180 },
  { name: 'tree-after', command: [...own('clean-tree'), 'compare'], timeoutSeconds: 30 },
]
