import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { CLI_FILE, runCli, startCli, type StartedCli } from '@internal/testkit/cli'
import { SAMPLES } from '@llpay/core/samples'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { listEntries } from './program/entries.ts'

// What every command owes: its exit status, one JSON object, data alone on standard output.

interface Row {
  /** Arguments after which it ends with 0; FOLDER stands for a folder that is new. */
  readonly good: readonly string[]
  /** Arguments after which it does not, and how it ends. */
  readonly bad: readonly (readonly [status: number, args: readonly string[]])[]
}

const BIND = ['--params', 'FOLDER/bind.json']
/** Nothing is listening there. */
const CLOSED = ['--base-url', 'http://127.0.0.1:1']

/** What an endpoint owes whose row is not written by hand. */
function rowOf([id, { params }]: readonly [string, { readonly params: object }]): [string, Row] {
  const good = Object.entries(params).flatMap(([name, value]) => [
    `--${name.replaceAll('_', '-')}`,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  const bad = [[2, []] as const, [5, [...good, ...CLOSED]] as const]
  return [id.replace('.', ' '), { good, bad }]
}

const ROWS: Readonly<Record<string, Row>> = {
  ...Object.fromEntries(Object.entries(SAMPLES).map(rowOf)),
  'card unbind': {
    good: [
      '--user-id',
      '1234567',
      '--no-agree',
      '2014031710002121',
      '--pay-type',
      'D',
      '--dry-run',
    ],
    bad: [
      [2, ['--user-id', '1234567']],
      [3, ['--user-id', '1234567', '--no-agree', 'other']],
      [5, ['--user-id', '1234567', '--no-agree', 'other', ...CLOSED]],
    ],
  },
  'card list': {
    good: ['--user-id', '1234567', '--pay-type', 'D'],
    bad: [
      [2, ['--user-id', '']],
      [2, ['--user-id', '1234567', '--all', '--dry-run']],
      [2, ['--user-id', '1234567', '--all', '--pay-type', 'D']],
      [5, ['--user-id', '1234567', '--all', ...CLOSED]],
      [3, ['--user-id', 'nobody', '--pay-type', 'D']],
      [5, ['--user-id', 'nobody', ...CLOSED]],
    ],
  },
  'card ensure-unbound': {
    good: ['--user-id', '1234567', '--no-agree', 'other'],
    bad: [
      [2, ['--user-id', '1234567']],
      [5, ['--user-id', '1234567', '--no-agree', 'other', ...CLOSED]],
    ],
  },
  'card query-bin': {
    good: ['--card-no', '6228480402564890018'],
    bad: [
      [2, ['--card', '6']],
      [5, ['--card-no', '6228480402564890018', ...CLOSED]],
    ],
  },
  'card apply-bind': {
    good: BIND,
    bad: [
      [2, [...BIND, '--card-no', '1']],
      [5, [...BIND, ...CLOSED]],
    ],
  },
  'card verify-bind': {
    good: ['--user-id', '1', '--token', 'T', '--verify-code', '123456', '--dry-run'],
    bad: [
      [3, ['--user-id', '1', '--token', 'T', '--verify-code', '123456']],
      [5, ['--user-id', '1', '--token', 'T', '--verify-code', '123456', ...CLOSED]],
      [2, ['--user-id', '1']],
    ],
  },
  'card unbind-many': {
    good: [
      'FOLDER/cards.csv',
      '--ledger',
      'FOLDER/UNIQUE.ledger',
      '--rate',
      'none',
      '--allow-not-bound',
    ],
    bad: [
      [3, ['FOLDER/cards.csv', '--ledger', 'FOLDER/UNIQUE.ledger', '--rate', 'none']],
      [2, ['FOLDER/none.csv', '--ledger', 'FOLDER/UNIQUE.ledger']],
      [2, ['FOLDER/cards.csv', '--rate', 'fast']],
      [3, ['FOLDER/wrong.ndjson', '--ledger', 'FOLDER/UNIQUE.ledger', '--rate', 'none']],
    ],
  },
  'card unbind-many report': {
    good: ['FOLDER/done.ledger'],
    bad: [
      [2, ['FOLDER/none.ledger']],
      [2, ['FOLDER/bind.json']],
    ],
  },
  init: {
    good: [
      '--oid-partner',
      '201304121000001004',
      '--private-key',
      'FOLDER/merchant-private.pem',
      '--gateway-key',
      'FOLDER/gateway-public.pem',
      '--base-url',
      'http://127.0.0.1:9',
      '--force',
    ],
    bad: [[2, ['--oid-partner', '201304121000001004']]],
  },
  verify: {
    good: ['FOLDER/request.json', '--key', 'FOLDER/merchant-public.pem'],
    bad: [
      [4, ['FOLDER/request.json', '--key', 'FOLDER/gateway-public.pem']],
      [2, ['FOLDER/none.json', '--key', 'FOLDER/merchant-public.pem']],
    ],
  },
  sign: {
    good: ['FOLDER/bind.json', '--private-key', 'FOLDER/merchant-private.pem'],
    bad: [[2, ['FOLDER/merchant-public.pem', '--private-key', 'FOLDER/merchant-private.pem']]],
  },
  'key new': {
    good: ['FOLDER/UNIQUE.pem'],
    bad: [
      [2, ['FOLDER/bind.json']],
      [2, []],
    ],
  },
  'key inspect': {
    good: ['FOLDER/merchant-private.pem'],
    bad: [
      [2, ['FOLDER/bind.json']],
      [2, ['FOLDER/a', 'FOLDER/b']],
    ],
  },
  'key convert': {
    good: ['FOLDER/merchant-public.pem', '--to', 'jwk'],
    bad: [[2, ['FOLDER/merchant-public.pem', '--to', 'p12']]],
  },
  'key match': {
    good: ['FOLDER/merchant-private.pem', 'FOLDER/merchant-public.pem'],
    bad: [[2, ['FOLDER/merchant-private.pem', 'FOLDER/gateway-public.pem']]],
  },
  doctor: {
    good: ['--query'],
    bad: [
      [2, ['--oid-partner', '1']],
      [5, CLOSED],
    ],
  },
  code: { good: ['3003'], bad: [[2, ['no-such-text']]] },
  completion: { good: ['bash'], bad: [[2, ['csh']]] },
}

const GONE: readonly [number, readonly string[]] = [5, CLOSED]
const CARD = ['u-9:9999:D']

/** Commands that talk to a running sandbox. They come last: a reset is among them. */
const SANDBOX_ROWS: Readonly<Record<string, Row>> = {
  'sandbox cards bind': {
    good: CARD,
    bad: [
      [2, ['nothing']],
      [5, [...CARD, ...CLOSED]],
    ],
  },
  'sandbox cards list': { good: ['--user-id', 'nobody'], bad: [GONE] },
  'sandbox cards import': { good: ['FOLDER/cards.csv'], bad: [[2, ['FOLDER/wrong.ndjson']]] },
  'sandbox play': { good: ['normal', '--next', '1'], bad: [[2, ['nope']], GONE] },
  'sandbox requests': { good: ['--after', '1'], bad: [[2, ['--after', 'x']], GONE] },
  'sandbox reset': { good: [], bad: [GONE] },
  'sandbox health': { good: [], bad: [GONE] },
}

/** Commands with separate tests: one runs until it is interrupted, the other works once. */
const APART = ['sandbox', 'sandbox cards unbind', 'notification send', 'notification listen']

let folder = ''
let sandbox: StartedCli
let environment: Record<string, string> = {}
let made = 0

const place = (args: readonly string[]) => {
  made += 1
  return args.map((arg) => arg.replace('FOLDER', folder).replace('UNIQUE', `new-${made}`))
}

const run = (words: string, args: readonly string[]) =>
  runCli([...words.split(' '), ...place(args)], environment)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-every-'))
  sandbox = startCli(['sandbox', '--json', '--port', '0', '--keys', folder])
  if (sandbox.child.stdout === null) throw new Error('no output')
  const [line] = await once(createInterface(sandbox.child.stdout), 'line')
  environment = { ...JSON.parse(String(line)).sandbox.environment, XDG_CONFIG_HOME: folder }
  const application = {
    user_id: '1234567',
    pay_type: 'D',
    card_no: '6228480402564890018',
    acct_name: '张三',
    bind_mob: '13800000000',
    id_type: '0',
    id_no: '330101199001010000',
    risk_item: '{}',
  }
  writeFileSync(join(folder, 'bind.json'), JSON.stringify(application))
  writeFileSync(join(folder, 'cards.csv'), 'user_id,no_agree\nnobody,1\n')
  writeFileSync(join(folder, 'wrong.ndjson'), '{"user_id":"nobody","no_agree":1}\n')
  await run('card unbind-many', ['FOLDER/cards.csv', '--ledger', 'FOLDER/done.ledger'])
  const dryRun = await run('card unbind', [...(ROWS['card unbind']?.good ?? []), '--json'])
  writeFileSync(join(folder, 'request.json'), JSON.parse(dryRun.stdout).body)
})

afterAll(async () => {
  sandbox.child.kill('SIGTERM')
  await sandbox.ended
  rmSync(folder, { recursive: true })
})

test('every command has its row', () => {
  const commands = listEntries().filter(({ hidden }) => hidden !== true)
  const names = commands.map(({ words }) => words)
  expect(new Set([...Object.keys({ ...ROWS, ...SANDBOX_ROWS }), ...APART])).toEqual(new Set(names))
})

/** The one object that `--json` prints. */
function onlyObject(stdout: string): { ok: boolean; error?: { code: string } } {
  expect(stdout.endsWith('\n')).toBe(true)
  expect(stdout.trimEnd()).not.toContain('\n')
  return JSON.parse(stdout)
}

describe.each(Object.entries({ ...ROWS, ...SANDBOX_ROWS }))('llpay %s', (words, { good, bad }) => {
  test('ends with 0, and prints its data', async () => {
    const text = await run(words, good)
    expect(text.status).toBe(0)
    expect(text.stdout).not.toMatch(/error:|warning:/)
    const json = await run(words, [...good, '--json'])
    expect(json.status).toBe(0)
    expect(onlyObject(json.stdout)).toMatchObject({ ok: true })
  })

  test.each(bad)('ends with %i after %j', async (status, args) => {
    const text = await run(words, args)
    expect(text.status).toBe(status)
    expect(text.stdout + text.stderr).not.toMatch(/undefined|\[object|at .*\.js:\d/)
    const json = await run(words, [...args, '--json'])
    expect(json.status).toBe(status)
    expect(onlyObject(json.stdout).ok).toBe(false)
  })

  test('says nothing of a pipe that closes', async () => {
    const child = spawn(process.execPath, [CLI_FILE, ...words.split(' '), ...place(good)], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.destroy()
    const talk: Buffer[] = []
    child.stderr.on('data', (chunk: Buffer) => talk.push(chunk))
    expect(await once(child, 'close')).toEqual([0, null])
    expect(Buffer.concat(talk).toString()).not.toMatch(/EPIPE|error/i)
  })

  test('explains itself within 80 columns', async () => {
    const help = await runCli([...words.split(' '), '--help'])
    expect(help).toMatchObject({ status: 0, stderr: '' })
    expect(help.stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  })
})

test('what a failure prints is talk, not data', async () => {
  const refused = await run('card unbind', ['--user-id', '1', '--no-agree', '2'])
  expect(refused).toMatchObject({ status: 3, stdout: '' })
  expect(refused.stderr).toMatch(/^error/m)
})
