import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

import { ROOT } from '@internal/testkit/repository'
import { expect, onTestFinished, test } from 'vitest'

const LIMIT_SECONDS = 600

/** Runs `.ci/run` with stand-ins for npm and apt-get, and returns its last line and its exit code. */
function runWith(
  npmTest: string,
  checkAll = 'echo "20 passed, 0 failed"',
  seconds = LIMIT_SECONDS,
): [string | undefined, number | null] {
  const folder = mkdtempSync(join(tmpdir(), 'ci-run-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const standIns = {
    npm: `case "$*" in test) ${npmTest} ;; "run --silent check:all") ${checkAll} ;; *) exit 9 ;; esac`,
    'apt-get': 'exit 1',
  }
  for (const [name, script] of Object.entries(standIns)) {
    writeFileSync(join(folder, name), `#!/usr/bin/env bash\n${script}\n`)
    chmodSync(join(folder, name), 0o755)
  }
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
  ['all passed', 'echo "5 passed, 0 failed"', '25 passed, 0 failed', 0],
  ['some failed', 'echo "5 passed, 2 failed"; exit 1', '25 passed, 2 failed', 1],
  [
    'npm has the last word',
    'echo "5 passed, 2 failed"; echo npm error; exit 1',
    '25 passed, 2 failed',
    1,
  ],
  ['a failure with exit code 0', 'echo "5 passed, 2 failed"', '25 passed, 2 failed', 1],
  ['a crash after the count', 'echo "5 passed, 0 failed"; exit 3', '25 passed, 1 failed', 1],
  ['a death before the count', 'exit 7', '20 passed, 1 failed', 1],
  ['no count', 'echo all is well', '20 passed, 1 failed', 1],
  ['nothing to count', 'echo "0 passed, 0 failed"', '20 passed, 1 failed', 1],
])('%s', (_title, npm, line, exitCode) => {
  expect(runWith(npm)).toEqual([line, exitCode])
})

test('what the long checks count is added', () => {
  const count = runWith('echo "5 passed, 0 failed"', 'echo "7 passed, 3 failed"; exit 1')
  expect(count).toEqual(['12 passed, 3 failed', 1])
  expect(runWith('echo "5 passed, 0 failed"', 'exit 1')).toEqual(['5 passed, 1 failed', 1])
})

test('a run that takes too long is stopped, and what comes after it is not run', () => {
  expect(runWith('sleep 3600', undefined, 1)).toEqual(['0 passed, 2 failed', 1])
})

test('a run that is stopped and can still count is heard', () => {
  // Its parent is what passes signals on. A shell may overlook one that comes right before it waits.
  const script = `process.once("SIGTERM", () => { console.log("3 passed, 1 failed"); process.exit(1) })
    net.createServer().listen(0, () => process.kill(process.ppid, "SIGTERM"))`
  const npm = `exec '${process.execPath}' -e '${script}'`
  expect(runWith(npm, 'echo "0 passed, 2 failed"; exit 1')).toEqual(['3 passed, 3 failed', 1])
})
