import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { text } from 'node:stream/consumers'

import { expect, onTestFinished, test } from 'vitest'

import type { Check } from './check.ts'

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
