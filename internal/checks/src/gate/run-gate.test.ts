import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { text } from 'node:stream/consumers'

import { expect, test, onTestFinished } from 'vitest'

import type { Check, Ending } from './run-command.ts'
import { countResults } from './run-gate.ts'

const PLAIN: Check = { name: 'lint', command: ['lint'], timeoutSeconds: 1 }
const RUNNER: Check = { ...PLAIN, totals: 'vitest' }

const ENDED_WELL: Ending = { exitCode: 0, signal: null, timedOut: false, output: '' }
const STOPPED: Ending = { exitCode: null, signal: 'SIGTERM', timedOut: true, output: '' }

const ALL_PASSED = 'vitest: 6 passed, 0 failed, 0 skipped\n'

test.each<[string, Check, Ending, number, number]>([
  ['a good command', PLAIN, ENDED_WELL, 1, 0],
  ['a bad exit code', PLAIN, { ...ENDED_WELL, exitCode: 2 }, 0, 1],
  ['a signal', PLAIN, { ...ENDED_WELL, exitCode: null, signal: 'SIGSEGV' }, 0, 1],
  ['a timeout', PLAIN, STOPPED, 0, 1],
  [
    'a command that is not there',
    PLAIN,
    { ...ENDED_WELL, exitCode: null, notStarted: 'ENOENT' },
    0,
    1,
  ],
  [
    'totals of another name, without totals asked for',
    PLAIN,
    { ...ENDED_WELL, output: ALL_PASSED },
    1,
    0,
  ],
  ['totals', RUNNER, { ...ENDED_WELL, output: ALL_PASSED }, 6, 0],
  ['totals without skipped', RUNNER, { ...ENDED_WELL, output: 'vitest: 2 passed, 0 failed' }, 2, 0],
  [
    'totals in colour',
    RUNNER,
    { ...ENDED_WELL, output: '\u001B[32mvitest: 2 passed, 0 failed\u001B[39m' },
    2,
    0,
  ],
  ['totals with CRLF', RUNNER, { ...ENDED_WELL, output: 'vitest: 2 passed, 0 failed\r\n' }, 2, 0],
  ['totals twice', RUNNER, { ...ENDED_WELL, output: ALL_PASSED + ALL_PASSED }, 12, 0],
  [
    'failed tests',
    RUNNER,
    { ...ENDED_WELL, exitCode: 1, output: 'vitest: 5 passed, 2 failed' },
    5,
    2,
  ],
  [
    'failed tests and exit code 0',
    RUNNER,
    { ...ENDED_WELL, output: 'vitest: 5 passed, 2 failed' },
    5,
    2,
  ],
  ['a crash after good totals', RUNNER, { ...ENDED_WELL, exitCode: 1, output: ALL_PASSED }, 6, 1],
  ['a timeout after good totals', RUNNER, { ...STOPPED, output: ALL_PASSED }, 6, 1],
  ['zero tests', RUNNER, { ...ENDED_WELL, output: 'vitest: 0 passed, 0 failed, 0 skipped' }, 0, 1],
  [
    'only skipped tests',
    RUNNER,
    { ...ENDED_WELL, output: 'vitest: 0 passed, 0 failed, 9 skipped' },
    0,
    1,
  ],
  [
    'skipped without a reason',
    RUNNER,
    { ...ENDED_WELL, output: 'vitest: 3 passed, 0 failed, 1 skipped' },
    3,
    1,
  ],
  [
    'skipped with a reason',
    RUNNER,
    {
      ...ENDED_WELL,
      output: 'skip zsh: it is not installed\nvitest: 3 passed, 0 failed, 1 skipped',
    },
    3,
    0,
  ],
  [
    'skipped as a whole, with a reason',
    RUNNER,
    {
      ...ENDED_WELL,
      output: 'skip zsh: it is not installed\nvitest: 0 passed, 0 failed, 1 skipped',
    },
    0,
    0,
  ],
  ['no totals', RUNNER, { ...ENDED_WELL, output: 'all is well' }, 0, 1],
  ['no totals and a crash', RUNNER, { ...ENDED_WELL, exitCode: 1 }, 0, 1],
  ['totals of another runner', RUNNER, { ...ENDED_WELL, output: 'pack: 3 passed, 0 failed' }, 0, 1],
  ['totals inside a line', RUNNER, { ...ENDED_WELL, output: 'x vitest: 3 passed, 0 failed' }, 0, 1],
  [
    'output that is there',
    { ...PLAIN, output: /\bunbound\b/ },
    { ...ENDED_WELL, output: 'unbound' },
    1,
    0,
  ],
  [
    'output that is missing',
    { ...PLAIN, output: /\bunbound\b/ },
    { ...ENDED_WELL, output: 'bound' },
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
  expect(countResults(RUNNER, { ...ENDED_WELL, output }).skipped).toEqual([
    'zsh: it is not installed',
  ])
})

const GATE = new URL('run-gate.ts', import.meta.url).href

const node = (code: string): Check['command'] => [process.execPath, '-e', code]
const GOOD: Check = { name: 'good', command: node('console.log(1)'), timeoutSeconds: 600 }
const ENDLESS: Check = {
  ...GOOD,
  command: node('console.log("on and" + " on"); net.createServer().listen(0)'),
}

/** Runs a gate in its own process, as `npm test` does, and returns the end of its output. */
async function closing(checks: readonly Check[], before = '', stopAt = ''): Promise<string[]> {
  const code = `import { runGate } from '${GATE}'
    ${before}
    await runGate(${JSON.stringify(checks)}, '.')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout.on('data', (chunk: Buffer) => {
    if (stopAt !== '' && chunk.includes(stopAt)) child.kill('SIGTERM')
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const [exitCode, output] = await Promise.all([exited, text(child.stdout)])
  return [...output.trimEnd().split('\n').slice(-1), `exit code ${exitCode}`]
}

test('all good', async () => {
  const runner = { ...GOOD, command: node('console.log("t: 3 passed, 0 failed")'), totals: 't' }
  expect(await closing([GOOD, runner])).toEqual(['4 passed, 0 failed', 'exit code 0'])
})

test('a crash is one failure, and the rest still runs', async () => {
  const crash = { ...GOOD, command: node('process.abort()') }
  expect(await closing([crash, GOOD])).toEqual(['1 passed, 1 failed', 'exit code 1'])
})

test('a command that hangs is stopped with all that it started', async () => {
  const alive: Promise<unknown>[] = []
  const server = createServer((socket) => {
    alive.push(once(socket, 'close'))
    socket.on('error', () => undefined)
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  // Neither process minds SIGTERM, and the inner one holds on to the pipes.
  const deaf = 'process.on("SIGTERM", () => {}); '
  const inner = `${deaf}net.connect(${port}, "127.0.0.1")`
  const spawnInner = `child_process.spawn(process.execPath, ["-e", ${JSON.stringify(inner)}], { stdio: "inherit" })`
  const hanging = { ...GOOD, command: node(deaf + spawnInner), timeoutSeconds: 1 }

  expect(await closing([hanging, GOOD])).toEqual(['1 passed, 1 failed', 'exit code 1'])
  // A process that lives on keeps its connection, and this test with it.
  await Promise.all(alive)
})

test('a runner without tests is a failure', async () => {
  const none = { ...GOOD, command: node('console.log("t: 0 passed, 0 failed")'), totals: 't' }
  expect(await closing([none])).toEqual(['0 passed, 1 failed', 'exit code 1'])
})

test('a gate without checks is a failure', async () => {
  expect(await closing([])).toEqual(['0 passed, 1 failed', 'exit code 1'])
})

test('what cannot be started is a failure', async () => {
  const missing: Check = { ...GOOD, command: ['no-such-command'] }
  expect(await closing([missing])).toEqual(['0 passed, 1 failed', 'exit code 1'])
})

test('nothing runs after a required check that failed, and all of it counts', async () => {
  const build: Check = { ...GOOD, command: node('process.exit(1)'), required: true }
  expect(await closing([build, GOOD, GOOD])).toEqual(['0 passed, 3 failed', 'exit code 1'])
})

test('a gate that is stopped says how far it came', async () => {
  const ending = await closing([GOOD, ENDLESS], '', 'on and on')
  expect(ending).toEqual(['1 passed, 1 failed', 'exit code 1'])
})

test('a gate that breaks still closes', async () => {
  const boom = 'setImmediate(() => { throw new Error("boom") })'
  expect(await closing([ENDLESS], boom)).toEqual(['0 passed, 1 failed', 'exit code 1'])
})

test('a gate that ends too early still closes', async () => {
  const exit = 'setImmediate(() => process.exit(0))'
  expect(await closing([ENDLESS], exit)).toEqual(['0 passed, 1 failed', 'exit code 1'])
})
