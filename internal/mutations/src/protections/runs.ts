import { always, choose, never, remove, replace, unwrap } from '../changes.ts'
import { cli, type Mutation } from '../mutation.ts'
import { call, operand, statement, value, whenTrue } from '../places.ts'

const CLI = 'packages/cli/src/bulk'

const LOCK = cli('bulk/ledger/lock')
const LEDGER = cli('bulk/ledger/ledger')
const RESULTS = cli('bulk/run/results')
const RUN = cli('bulk/run/run-jobs')
const ENDING = cli('bulk/run/ending')
const ROWS = cli('bulk/input/read-rows')

/** What keeps the ledger, the files and the outcome of a run of many cards. */
export const RUNS: readonly Mutation[] = [
  {
    name: 'a ledger is taken from a run that still counts',
    file: `${CLI}/ledger/lock-file.ts`,
    in: 'judgeLock',
    change: never('now', 'text'),
    guards: [LOCK],
  },
  {
    name: 'a process of another container counts as ended',
    file: `${CLI}/ledger/lock-file.ts`,
    in: 'hasEnded',
    change: remove(operand('pidNamespace')),
    guards: [LOCK],
  },
  {
    name: 'a lock of another boot is believed',
    file: `${CLI}/ledger/lock-file.ts`,
    in: 'hasEnded',
    change: remove(operand('boot')),
    guards: [LOCK],
  },
  {
    name: 'time that was not watched counts as silence',
    file: `${CLI}/ledger/lock-file.ts`,
    in: 'judgeLock',
    change: unwrap('min'),
    guards: [LOCK],
  },
  {
    name: 'a lost lock is not noticed',
    file: `${CLI}/ledger/lock.ts`,
    in: 'Contender.#check',
    change: never('#isHeld'),
    guards: [LOCK, LEDGER],
  },
  {
    name: 'a run that lost its lock removes the lock of the other',
    file: `${CLI}/ledger/lock.ts`,
    in: 'Contender.#letGo',
    change: always('#isHeld'),
    guards: [LOCK],
  },
  {
    name: 'the lock is not checked before a request',
    file: `${CLI}/ledger/ledger.ts`,
    in: 'FileLedger.add',
    change: remove(statement('check')),
    guards: [LEDGER],
  },
  {
    name: 'the lock is not checked before a record',
    file: `${CLI}/write-lines.ts`,
    in: 'appendLog.write',
    change: remove(statement('check')),
    guards: [LEDGER],
  },
  {
    name: 'a file is renamed before it is on the disk',
    file: `${CLI}/ledger/disk.ts`,
    in: 'writeWhole',
    change: remove(statement('sync')),
    guards: [LEDGER],
  },
  {
    name: 'a new name is not brought to the disk',
    file: `${CLI}/ledger/disk.ts`,
    in: 'writeWhole',
    change: remove(statement('syncFolder')),
    guards: [LEDGER],
  },
  {
    name: 'a file of one unfinished line is wiped as a ledger',
    file: `${CLI}/ledger/ledger.ts`,
    in: 'load',
    change: always('isTornHead'),
    guards: [LEDGER],
  },
  {
    name: 'a key is made again although jobs were recorded with another',
    file: `${CLI}/ledger/job-key.ts`,
    in: 'openJobKey',
    change: remove(operand('hasJobs')),
    guards: [LEDGER],
  },
  {
    name: 'any file is taken for results',
    file: `${CLI}/run/results.ts`,
    in: 'openNamed',
    change: remove(statement('refuse')),
    guards: [RESULTS],
  },
  {
    name: 'an outcome that is in the results is written again',
    file: `${CLI}/run/results.ts`,
    in: 'catchUp',
    change: never('names'),
    guards: [RESULTS],
  },
  {
    name: 'results are written into the cards or the ledger',
    file: `${CLI}/run/check-files.ts`,
    in: 'checkFiles',
    change: never('other'),
    guards: [RESULTS],
  },
  {
    name: 'a card whose outcome could not be recorded is forgotten',
    file: `${CLI}/run/run-jobs.ts`,
    in: 'Run.#attempt',
    change: never('isRecorded'),
    guards: [RUN],
  },
  {
    name: 'a gateway may delay a run for years',
    file: `${CLI}/run/pace.ts`,
    in: 'WaitingRoom.add',
    change: unwrap('min'),
    guards: [RUN],
  },
  {
    name: 'lines behind a broken one are read',
    file: `${CLI}/input/read-csv.ts`,
    in: 'readCsv',
    change: never('lineOf'),
    guards: [ROWS],
  },
  {
    name: 'a ledger keeps an outcome for a count that is another one',
    file: `${CLI}/ledger/ledger.ts`,
    in: 'FileLedger.keepOutcome',
    change: choose('whenTrue', 'sends'),
    guards: [LEDGER],
  },
  {
    name: 'a draft takes the place of a file of the user',
    file: `${CLI}/ledger/disk.ts`,
    in: 'writeWhole',
    change: replace(value('draft'), '`${path}.new`'),
    guards: [LEDGER],
  },
  {
    name: 'what stands beside a lock is removed, whosever it is',
    file: `${CLI}/ledger/lock.ts`,
    in: 'isDraft',
    change: remove(operand('OF_A_RUN')),
    guards: [LEDGER],
  },
  {
    name: 'a whole result without its line end is cut off',
    file: `${CLI}/run/results.ts`,
    in: 'openNamed',
    change: never('isWhole'),
    guards: [RESULTS],
  },
  {
    name: 'an interrupt hides a reply that cannot be trusted',
    file: `${CLI}/run/tally.ts`,
    in: 'noteStop',
    change: remove(operand('indexOf')),
    guards: [cli('bulk/run/ending', 'bulk/run/run-jobs')],
  },
  {
    name: 'a run calls refused cards not delivered that were sent',
    file: `${CLI}/run/ending.ts`,
    in: 'endingOf',
    change: never('refusedAfterSending'),
    guards: [cli('bulk/run/ending', 'bulk/run/run-jobs')],
  },
  {
    name: 'white space around a CSV cell is trimmed, whatever it is',
    file: `${CLI}/input/read-csv.ts`,
    in: 'trimCell',
    change: replace(call('replace'), 'cell.trim()'),
    guards: [ROWS],
  },
  {
    name: 'a run that found no card bound ends well',
    file: `${CLI}/run/ending.ts`,
    in: 'RULES',
    change: choose('whenTrue', 'allowNotBound'),
    guards: [ENDING],
  },
  {
    name: 'a card is accepted as not bound although a product could not be queried',
    file: `${CLI}/run/ending.ts`,
    in: 'RULES',
    change: replace(whenTrue('allowNotBound'), 'false'),
    guards: [ENDING],
  },
]
