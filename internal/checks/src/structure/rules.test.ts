import { expect, test } from 'vitest'

import { findClockUses, isJudging } from './clock-rules.ts'
import { IMPORT_RULES } from './import-rules.ts'
import { readImports } from './source-file.ts'

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

function broken(path: string, to: string): string[] {
  const isPrivate = path.startsWith('internal/') || path.startsWith('bench/')
  const from = {
    path: isPrivate ? path : `packages/${path}`,
    text: '',
    lines: 1,
    test: false,
    imports: [to],
  }
  return Object.values(IMPORT_RULES).flatMap((rule) => rule(from, to) ?? [])
}

test.each([
  ['core/src/json/read-json.ts', 'packages/core/src/errors/protocol-error.ts'],
  ['core/src/signing/sign.ts', 'packages/core/src/signing/canonical-string.ts'],
  ['core/src/keys/pem.ts', 'packages/core/src/encoding.ts'],
  ['core/src/client/create-client.ts', 'packages/core/src/apis/catalogue.ts'],
  ['core/src/apis/catalogue.ts', 'packages/core/src/apis/card/index.ts'],
  ['core/src/index.ts', 'packages/core/src/errors/index.ts'],
  ['edge/src/transport/ofetch-over.ts', 'ofetch'],
  ['node/src/create-client.ts', '@llpay/core/keys'],
  ['node/src/create-client.ts', 'node:crypto'],
  ['cli/src/main.ts', '@llpay/sandbox'],
  ['sandbox/src/node/start-sandbox.ts', '@llpay/node'],
  ['sandbox/src/node/key-folder.ts', 'node:fs'],
  ['sandbox/src/node/start-sandbox.ts', 'packages/sandbox/src/create-sandbox.ts'],
  ['internal/queues/src/contract.ts', 'internal/queues/src/contract/cases.ts'],
  ['internal/queues/src/contract.ts', '@internal/testkit/report'],
  ['internal/sources/cli-bulk.ts', 'packages/cli/src/bulk/run/pace.ts'],
])('%s may import %s', (path, to) => {
  expect(broken(path, to)).toEqual([])
})

test.each([
  ['core/src/errors/brand.ts', 'packages/core/src/json/read-json.ts', 'errors may not use json'],
  ['core/src/json/read-json.ts', 'packages/core/src/keys/der.ts', 'json may not use keys'],
  ['core/src/client/send.ts', 'packages/core/src/apis/catalogue.ts', 'client may not use apis'],
  ['core/src/encoding.ts', 'packages/core/src/errors/key-error.ts', 'encoding may not use errors'],
  ['core/src/new/x.ts', 'packages/core/src/errors/brand.ts', 'folder new has no arrows yet'],
  ['core/src/keys/x.ts', 'packages/core/src/adapter.ts', 'a folder imports a file at the root'],
  ['core/src/client/send.ts', 'packages/core/src/errors/index.ts', 'import the leaf file'],
  ['core/src/client/send.ts', 'node:fs', 'this package runs where there is no Node'],
  ['sandbox/src/create-sandbox.ts', 'fs/promises', 'this package runs where there is no Node'],
  [
    'sandbox/src/create-sandbox.ts',
    'packages/sandbox/src/node/rsa-keys.ts',
    'this package runs where there is no Node',
  ],
  ['sandbox/src/create-sandbox.ts', '@llpay/node', 'sandbox may not use node'],
  ['sandbox/src/node/start-sandbox.ts', '@llpay/edge', 'sandbox may not use edge'],
  ['core/src/client/send.ts', '@llpay/node', 'core may not use node'],
  ['edge/src/index.ts', '@llpay/sandbox', 'edge may not use sandbox'],
  ['node/src/x.ts', 'packages/core/src/errors/brand.ts', 'another package is imported by its name'],
  ['cli/src/main.ts', '@internal/vectors', 'internal is not published'],
  [
    'internal/queues/src/contract.ts',
    'internal/testkit/src/report.ts',
    'another package is imported by its name',
  ],
  [
    'bench/src/scale/run-bulk.ts',
    'packages/cli/src/bulk/run/pace.ts',
    'internal/sources names what is used of its sources',
  ],
])('%s may not import %s', (path, to, problem) => {
  expect(broken(path, to)).toEqual([problem])
})

test.each([
  ["import { a } from './a.ts'", ['./a.ts']],
  ["import type { A } from './a.ts'", ['./a.ts']],
  ["import {\n  a,\n  type B,\n} from './a.ts'\nimport b from 'b'", ['./a.ts', 'b']],
  ['import { Agent } from "undici";', ['undici']],
  ["import * as m from 'module-name'", ['module-name']],
  ["import './effect.ts'", ['./effect.ts']],
  ["export * from './a.ts'\nexport * as b from './b.ts'", ['./a.ts', './b.ts']],
  ["export { a } from './a.ts'", ['./a.ts']],
  ["  const { Agent } = await import('undici')", ['undici']],
  ["let x: import('node:net').Socket", ['node:net']],
  [" * import { a } from './a.ts'\n// import './b.ts'", []],
  ["export const from = 'x'", []],
  ["export interface A {\n  readonly b: 'c'\n}", []],
  ["export type A =\n  | 'from'\n  | 'b'", []],
])('%j imports %j', (text, imports) => {
  expect(readImports(text)).toEqual(imports)
})
