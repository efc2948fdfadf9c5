import { cli, type Mutation } from './mutation.ts'

const BULK = 'packages/cli/src/bulk'

/** The protections of the files around a run, and of what its end says. */
export const FILE_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a draft takes the place of a file of the user',
    file: `${BULK}/ledger/disk.ts`,
    text: "`${path}.${randomBytes(DRAFT_BYTES).toString('hex')}.new`",
    replacement: '`${path}.new`',
    guards: [cli('bulk/ledger/ledger')],
  },
  {
    name: 'what stands beside a lock is removed, whosever it is',
    file: `${BULK}/ledger/lock.ts`,
    text: 'OF_A_RUN.test(name.slice(lock.length + 1))',
    replacement: 'name !== lock',
    guards: [cli('bulk/ledger/ledger')],
  },
  {
    name: 'a whole result without its line end is cut off',
    file: `${BULK}/run/results.ts`,
    text: "if (told.isWhole) opened.append('\\n')",
    replacement: 'if (told.end < 0) opened.truncate(0)',
    guards: [cli('bulk/run/results')],
  },
  {
    name: 'an interrupt hides a reply that cannot be trusted',
    file: `${BULK}/run/tally.ts`,
    text: 'STOPS.indexOf(tally.stop) <= STOPS.indexOf(reason)',
    replacement: 'STOPS.includes(tally.stop)',
    guards: [cli('bulk/run/ending', 'bulk/run/run-jobs')],
  },
  {
    name: 'a run calls refused cards not delivered that were sent',
    file: `${BULK}/run/ending.ts`,
    text: "{ ...ending, delivered: 'yes' }",
    replacement: 'ending',
    guards: [cli('bulk/run/ending', 'bulk/run/run-jobs')],
  },
]
