import { expect, test } from 'vitest'

import type { Check, Ending } from './check.ts'
import { countResults } from './count-results.ts'

const PLAIN: Check = { name: 'lint', command: ['lint'], timeoutSeconds: 1 }
const RUNNER: Check = { ...PLAIN, totals: 'vitest' }

const GOOD: Ending = { exitCode: 0, signal: null, timedOut: false, output: '' }
const STOPPED: Ending = { exitCode: null, signal: 'SIGTERM', timedOut: true, output: '' }

const ALL_PASSED = 'vitest: 6 passed, 0 failed, 0 skipped\n'

test.each<[string, Check, Ending, number, number]>([
  ['a good command', PLAIN, GOOD, 1, 0],
  ['a bad exit code', PLAIN, { ...GOOD, exitCode: 2 }, 0, 1],
  ['a signal', PLAIN, { ...GOOD, exitCode: null, signal: 'SIGSEGV' }, 0, 1],
  ['a timeout', PLAIN, STOPPED, 0, 1],
  ['a command that is not there', PLAIN, { ...GOOD, exitCode: null, notStarted: 'ENOENT' }, 0, 1],
  [
    'totals of another name, without totals asked for',
    PLAIN,
    { ...GOOD, output: ALL_PASSED },
    1,
    0,
  ],
  ['totals', RUNNER, { ...GOOD, output: ALL_PASSED }, 6, 0],
  ['totals without skipped', RUNNER, { ...GOOD, output: 'vitest: 2 passed, 0 failed' }, 2, 0],
  [
    'totals in colour',
    RUNNER,
    { ...GOOD, output: '\u001B[32mvitest: 2 passed, 0 failed\u001B[39m' },
    2,
    0,
  ],
  ['totals with CRLF', RUNNER, { ...GOOD, output: 'vitest: 2 passed, 0 failed\r\n' }, 2, 0],
  ['totals twice', RUNNER, { ...GOOD, output: ALL_PASSED + ALL_PASSED }, 12, 0],
  ['failed tests', RUNNER, { ...GOOD, exitCode: 1, output: 'vitest: 5 passed, 2 failed' }, 5, 2],
  ['failed tests and exit code 0', RUNNER, { ...GOOD, output: 'vitest: 5 passed, 2 failed' }, 5, 2],
  ['a crash after good totals', RUNNER, { ...GOOD, exitCode: 1, output: ALL_PASSED }, 6, 1],
  ['a timeout after good totals', RUNNER, { ...STOPPED, output: ALL_PASSED }, 6, 1],
  ['zero tests', RUNNER, { ...GOOD, output: 'vitest: 0 passed, 0 failed, 0 skipped' }, 0, 1],
  [
    'only skipped tests',
    RUNNER,
    { ...GOOD, output: 'vitest: 0 passed, 0 failed, 9 skipped' },
    0,
    1,
  ],
  [
    'skipped without a reason',
    RUNNER,
    { ...GOOD, output: 'vitest: 3 passed, 0 failed, 1 skipped' },
    3,
    1,
  ],
  [
    'skipped with a reason',
    RUNNER,
    { ...GOOD, output: 'skip zsh: it is not installed\nvitest: 3 passed, 0 failed, 1 skipped' },
    3,
    0,
  ],
  [
    'skipped as a whole, with a reason',
    RUNNER,
    { ...GOOD, output: 'skip zsh: it is not installed\nvitest: 0 passed, 0 failed, 1 skipped' },
    0,
    0,
  ],
  ['no totals', RUNNER, { ...GOOD, output: 'all is well' }, 0, 1],
  ['no totals and a crash', RUNNER, { ...GOOD, exitCode: 1 }, 0, 1],
  ['totals of another runner', RUNNER, { ...GOOD, output: 'pack: 3 passed, 0 failed' }, 0, 1],
  ['totals inside a line', RUNNER, { ...GOOD, output: 'x vitest: 3 passed, 0 failed' }, 0, 1],
  [
    'output that is there',
    { ...PLAIN, output: /\bunbound\b/ },
    { ...GOOD, output: 'unbound' },
    1,
    0,
  ],
  [
    'output that is missing',
    { ...PLAIN, output: /\bunbound\b/ },
    { ...GOOD, output: 'bound' },
    0,
    1,
  ],
])('%s', (_title, check, ending, passed, failed) => {
  expect(countResults(check, ending)).toMatchObject({ passed, failed })
})

test('says why', () => {
  expect(countResults(RUNNER, STOPPED).complaints).toEqual([
    'ran out of time and was stopped',
    'ran no test, or never printed "vitest: N passed, N failed"',
  ])
})

test('keeps what was skipped, with the reason', () => {
  const output =
    'skip zsh: it is not installed\nskip nothing\nvitest: 1 passed, 0 failed, 1 skipped'
  expect(countResults(RUNNER, { ...GOOD, output }).skipped).toEqual(['zsh: it is not installed'])
})
