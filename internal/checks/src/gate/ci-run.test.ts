import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { ROOT } from '../repository.ts'

/** Runs `.ci/run` with a stand-in for npm, and returns its last line and its exit code. */
function runWith(npm: string, seconds: number): [string | undefined, number | null] {
  const folder = mkdtempSync(join(tmpdir(), 'ci-run-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'npm'), `#!/usr/bin/env bash\n${npm}\n`)
  chmodSync(join(folder, 'npm'), 0o755)
  const { status, stdout } = spawnSync('bash', [join(ROOT, '.ci/run')], {
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: [folder, process.env['PATH']].join(delimiter),
      LLPAY_CI_SECONDS: String(seconds),
    },
  })
  return [stdout.trimEnd().split('\n').at(-1), status]
}

test.each([
  ['all passed', 'echo "5 passed, 0 failed"', '5 passed, 0 failed', 0],
  ['some failed', 'echo "5 passed, 2 failed"; exit 1', '5 passed, 2 failed', 1],
  [
    'npm has the last word',
    'echo "5 passed, 2 failed"; echo npm error; exit 1',
    '5 passed, 2 failed',
    1,
  ],
  ['a failure with exit code 0', 'echo "5 passed, 2 failed"', '5 passed, 2 failed', 1],
  ['a crash after the count', 'echo "5 passed, 0 failed"; exit 3', '5 passed, 1 failed', 1],
  ['a death before the count', 'exit 7', '0 passed, 1 failed', 1],
  ['no count', 'echo all is well', '0 passed, 1 failed', 1],
  ['nothing to count', 'echo "0 passed, 0 failed"', '0 passed, 1 failed', 1],
])('%s', (_title, npm, line, exitCode) => {
  expect(runWith(npm, 60)).toEqual([line, exitCode])
})

test('a run that takes too long is stopped', () => {
  expect(runWith('sleep 600', 1)).toEqual(['0 passed, 1 failed', 1])
})

test('a run that takes too long and can still count is heard', () => {
  const npm = `trap 'echo "3 passed, 1 failed"; exit 1' TERM; sleep 600 & wait`
  expect(runWith(npm, 1)).toEqual(['3 passed, 1 failed', 1])
})
