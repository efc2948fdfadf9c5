import { spawn, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'

import { CLI_FILE } from '@internal/testkit/cli'
import { vectorKey } from '@internal/vectors'
import { describe, expect, test } from 'vitest'

// What a command line does whose output goes nowhere.

const FULL = '/dev/full'
const ENV = {
  LLPAY_OID_PARTNER: '201304121000001004',
  LLPAY_PRIVATE_KEY: vectorKey('k2048').pkcs8Pem,
  LLPAY_GATEWAY_KEY: vectorKey('k1024').spkiPem,
}

const start = (args: readonly string[], stdio: StdioOptions, node: readonly string[] = []) =>
  spawn(process.execPath, [...node, CLI_FILE, ...args], { env: ENV, stdio })

/** Runs a command whose standard output is a full disk. */
async function runFull(args: readonly string[]): Promise<{ status: unknown; said: string }> {
  const full = openSync(FULL, 'w')
  const child = start(args, ['ignore', full, 'pipe'])
  closeSync(full)
  if (child.stderr === null) throw new Error('standard error is a pipe')
  const [said, [status]] = await Promise.all([text(child.stderr), once(child, 'close')])
  return { status, said }
}

describe.skipIf(!existsSync(FULL))('standard output that is a full disk', () => {
  test.each([
    [['--version']],
    [['code']],
    [['code', '3003', '--json']],
    [['help', 'exit']],
    [['completion', 'bash']],
    [['unbind', '--user-id', '1', '--no-agree', '2', '--dry-run']],
  ])('after %j is reported, and fails', async (args) => {
    const { status, said } = await runFull(args)
    expect(status).toBe(1)
    expect(said).toContain('error: Standard output cannot be written (ENOSPC)')
  })

  test('is named in Chinese', async () => {
    expect((await runFull(['code', '--lang', 'zh'])).said).toContain(
      '错误：无法写入标准输出（ENOSPC）',
    )
  })

  test('hides no other failure', async () => {
    const { status, said } = await runFull(['nosuch', '--json'])
    expect(status).toBe(2)
    expect(said).toContain('(ENOSPC)')
  })

  test('is not taken for a terminal', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'llpay-full-'))
    const file = join(folder, 'cards.csv')
    writeFileSync(file, 'user_id,no_agree\nu,2.01403E+15\n')
    const args = ['card', 'unbind-many', file, '--base-url', 'http://127.0.0.1:1']
    const { status, said } = await runFull(args)
    expect(status).toBe(2)
    expect(said).toContain('(ENOSPC)')
    expect(existsSync(`${file}.results.ndjson`)).toBe(false)
    rmSync(folder, { recursive: true })
  })

  test('does not crash where standard error is one as well', async () => {
    const full = openSync(FULL, 'w')
    const child = start(['code'], ['ignore', full, full])
    closeSync(full)
    expect(await once(child, 'close')).toEqual([1, null])
  })
})

describe('standard error that nobody reads', () => {
  test.each([
    [2, ['nosuch']],
    [0, ['unbind', '--user-id', '1', '--no-agree', '2', '--dry-run']],
    [5, ['card', 'list', '--user-id', '1', '--base-url', 'http://127.0.0.1:1']],
  ])('leaves the status %i after %j', async (status, args) => {
    const child = start(args, ['ignore', 'ignore', 'pipe'])
    child.stderr?.destroy()
    expect(await once(child, 'close')).toEqual([status, null])
  })
})

test('a receiver whose reader has left ends with the next notification', async () => {
  const child = start(['notification', 'listen', '--port', '0', '--json'], ['ignore', 'pipe', 2])
  if (child.stdout === null) throw new Error('standard output is a pipe')
  const [line] = await once(createInterface(child.stdout), 'line')
  child.stdout.destroy()
  const ended = once(child, 'close')
  await fetch(`${JSON.parse(String(line)).url}/payment`, { method: 'POST', body: '{}' }).catch(
    () => undefined,
  )
  expect(await ended).toEqual([0, null])
})

test('a command that Node leaves unfinished fails', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'llpay-unfinished-'))
  const hook = join(folder, 'hook.cjs')
  writeFileSync(
    hook,
    `const Module = require('node:module')
    const load = Module._load
    Module._load = (request, ...rest) =>
      request === './main.js' ? { main: () => new Promise(() => {}) } : load(request, ...rest)`,
  )
  const child = start(['code'], 'ignore', ['--require', hook])
  expect(await once(child, 'close')).toEqual([1, null])
  rmSync(folder, { recursive: true })
})
