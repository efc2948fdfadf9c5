import { expect, test } from 'vitest'

import { findClockUses, isJudging } from './clock-rules.ts'

test.each([
  ['a pause', 'await new Promise((resolve) => setTimeout(resolve, 40))'],
  ['a pause as a value', 'await promisify(setTimeout)(10)'],
  ['a pause of the global object', 'globalThis.setTimeout(resolve, 10)'],
  ['a pause inside a script', `const boom = 'setTimeout(() => { throw new Error() }, 500)'`],
  ['a timer that repeats', 'const drip = setInterval(() => response.write(1), 20)'],
  ['a pause of node:timers/promises', "import { setTimeout as wait } from 'node:timers/promises'"],
  [
    'a pause among other imports',
    "import {\n  setImmediate,\n  setTimeout as wait,\n} from 'node:timers/promises'",
  ],
  ['a pause of the scheduler', 'await scheduler.wait(10)'],
  ['a thread that sleeps', 'Atomics.wait(cell, 0, 0, 5)'],
  ['a sleep of the shell', "run('sleep 2; echo done')"],
  ['a poll of vitest', 'await vi.waitFor(() => expect(seen).toBe(1))'],
  ['another poll of vitest', 'await expect.poll(() => seen).toBe(1)'],
  ['a deadline that is real', 'call(AbortSignal.timeout(30))'],
  ['a duration', 'expect(performance.now() - started).toBeLessThan(2000)'],
  ['the time of day', 'const started = Date.now()'],
  ['a duration by another name', 'process.hrtime.bigint()'],
  ['a limit of a test', "test('x', async () => {\n}, 10_000)"],
  [
    'a limit of a test that is nested',
    "describe('y', () => {\n  test('x', async () => {\n  }, 5000)\n})",
  ],
  ['a limit as an option', "test('x', { timeout: 5_000 }, () => undefined)"],
  ['a limit of a process', 'execFile(command, { timeout: 20_000 })'],
  ['a limit for a file', 'vi.setConfig({ testTimeout: 1000 })'],
])('%s is found', (_, text) => {
  expect(findClockUses(text)).toHaveLength(1)
})

test.each([
  ['fake timers', "vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval'] })"],
  ['a spy on a timer', "vi.spyOn(globalThis, 'setTimeout')"],
  ['a turn of the event loop', "import { setImmediate as nextTurn } from 'node:timers/promises'"],
  ['an injected clock', 'clock: { now: () => 0, sleep: () => arrived }'],
  ['a timeout of the client under test', '{ timeoutMs: 300, clock }'],
  ['the safety net', '{ testTimeout: 120_000 }'],
  ['a process that sleeps for good', "runWith('sleep 3600')"],
  ['a date as a value', '{ createdOn: new Date() }'],
  ['a comment', '// setTimeout(resolve, 40) would be a race'],
])('%s is not a use of the clock', (_, text) => {
  expect(findClockUses(text)).toEqual([])
})

test.each([
  ['packages/core/src/client/create-caller.test.ts', true, true],
  ['internal/campaigns/src/kills/run-kills.ts', false, true],
  ['bench/src/check.ts', false, true],
  ['packages/core/src/client/clock.ts', false, false],
])('%s', (path, isTest, expected) => {
  expect(isJudging({ path, test: isTest })).toBe(expected)
})
