import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { CLI_FILE, runCli, runInTerminal, startCli, type StartedCli } from '@internal/testkit/cli'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

let folder = ''
const running: StartedCli[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-sandbox-commands-'))
})

afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGTERM')
    await ended
  }
})

afterAll(() => rmSync(folder, { recursive: true }))

interface Started {
  readonly environment: Record<string, string>
  readonly url: string
  readonly bound: number
  readonly cards: readonly object[]
  readonly started: StartedCli
}

async function startSandbox(...flags: string[]): Promise<Started> {
  const started = startCli(['sandbox', '--json', '--port', '0', ...flags])
  running.push(started)
  if (started.child.stdout === null) throw new Error('no output')
  const [line] = await once(createInterface(started.child.stdout), 'line')
  const { sandbox } = JSON.parse(String(line))
  return { ...sandbox, started }
}

async function run(env: Record<string, string>, ...args: string[]) {
  const { status, stdout, stderr } = await runCli(['sandbox', ...args], env)
  return { status, lines: stdout.trimEnd().split('\n'), stderr: stderr.replaceAll(/\s+/g, ' ') }
}

async function runJson(env: Record<string, string>, ...args: string[]) {
  const { status, stdout } = await runCli(['sandbox', ...args, '--json'], env)
  const object: unknown = JSON.parse(stdout)
  return { status, object }
}

const unbind = (env: Record<string, string>, user: string, agreement: string) =>
  runCli(
    [
      'unbind',
      '--user-id',
      user,
      '--no-agree',
      agreement,
      '--pay-type',
      'D',
      '--json',
      '--settle',
      'never',
    ],
    env,
  )

test('cards are listed, bound, unbound and imported from another terminal', async () => {
  const { environment } = await startSandbox('--card', 'u-1:1111:D')
  expect((await run(environment, 'cards', 'list')).lines).toEqual([
    'user_id  no_agree  pay_type  platform  oid_partner',
    'u-1      1111      D                   201304121000001004',
  ])
  expect((await run(environment, 'cards', 'bind', 'u-2:2222', 'u-2:2223:M')).lines).toEqual([
    'Bound 2 cards.',
  ])
  const flags = ['--user-id', 'u:3', '--no-agree', '3333', '--platform', 'p']
  expect((await run(environment, 'cards', 'bind', ...flags)).status).toBe(0)
  expect((await run(environment, 'cards', 'unbind', 'u-2:2222')).lines).toEqual(['Unbound 1 card.'])
  const again = await run(environment, 'cards', 'unbind', 'u-2:2222')
  expect([again.status, again.stderr]).toEqual([
    2,
    expect.stringContaining('No such card is bound'),
  ])
  const csv = join(folder, 'cards.csv')
  writeFileSync(csv, 'user_id,no_agree,pay_type\nu-4,4444,D\nu-5,5555,\n')
  expect((await run(environment, 'cards', 'import', csv)).lines).toEqual(['Bound 2 cards.'])
  const { object } = await runJson(environment, 'cards', 'list', '--user-id', 'u-4')
  expect(object).toMatchObject({ ok: true, cards: [{ user_id: 'u-4', no_agree: '4444' }] })
  expect((await unbind(environment, 'u-4', '4444')).status).toBe(0)
})

test('a scenario is armed and disarmed, requests are shown, and a reset forgets them', async () => {
  const { environment } = await startSandbox('--card', 'u-1:1111:D')
  const armed = await run(environment, 'play', 'code:9999', '--api', 'card.unbind', '--next', '1')
  expect(armed.lines).toEqual(['Armed: 1  code:9999 for card.unbind, next 1'])
  expect((await run(environment, 'play')).lines).toEqual(['1  code:9999 for card.unbind, next 1'])
  expect((await unbind(environment, 'u-1', '1111')).status).toBe(6)
  expect((await unbind(environment, 'u-1', '1111')).status).toBe(0)
  await run(environment, 'play', 'usual')
  expect((await run(environment, 'play', 'off')).lines).toEqual([
    'No scenario is armed: replies are normal.',
  ])
  const { lines } = await run(environment, 'requests')
  expect(lines.map((line) => line.slice(9))).toEqual([
    expect.stringMatching(/^card\.unbind u-1 1111 D → 9999 .* \[code:9999\]$/),
    'card.unbind u-1 1111 D → 0000 done',
  ])
  expect((await runJson(environment, 'requests', '--after', '1')).object).toMatchObject({
    ok: true,
    requests: [{ id: 2, ret_code: '0000' }],
    last: 2,
  })
  expect((await runJson(environment, 'health')).object).toMatchObject({
    ok: true,
    cards: 0,
    last: 2,
  })
  expect((await run(environment, 'reset')).status).toBe(0)
  expect((await runJson(environment, 'requests')).object).toMatchObject({ requests: [] })
  expect((await run(environment, 'health')).lines[1]).toBe('cards      1 bound')
})

test('the log is Chinese where the language is, and JSON stays English', async () => {
  const started = startCli(['sandbox', '--port', '0', '--lang', 'zh'])
  running.push(started)
  const { stdout, stderr } = started.child
  if (stdout === null || stderr === null) throw new Error('no output')
  const lines = createInterface(stdout)
  const log = once(createInterface(stderr), 'line')
  const environment: Record<string, string> = {}
  for await (const line of lines) {
    const [, name, value] = /export (LLPAY_\w+)=(.*)/.exec(line) ?? []
    if (name !== undefined && value !== undefined) environment[name] = value
    if (line.includes('123456')) break
  }
  const wrong = ['--user-id', '1234567', '--no-agree', '2014031710002121', '--settle', 'never']
  await runCli(['unbind', ...wrong], environment)
  const LINE = '3003 没有该协议（绑定在 D 下；省略 pay_type 等于 2）'
  expect(String(await log)).toContain(LINE)
  expect((await run(environment, 'requests', '--lang', 'zh')).lines[0]).toContain(LINE)
  const { object } = await runJson(environment, 'requests', '--lang', 'zh')
  expect(JSON.stringify(object)).toContain('bound under D; pay_type omitted means 2')
})

test('requests --follow prints those that are there and those that come', async () => {
  const { environment } = await startSandbox('--card', 'u-1:1111:D')
  await unbind(environment, 'u-1', '1111')
  const follower = startCli(['sandbox', 'requests', '--follow', '--json'], environment)
  running.push(follower)
  if (follower.child.stdout === null) throw new Error('no output')
  const lines = createInterface(follower.child.stdout)[Symbol.asyncIterator]()
  const next = async () => JSON.parse(String((await lines.next()).value))
  expect(await next()).toMatchObject({ id: 1, ret_code: '0000' })
  await unbind(environment, 'u-1', '1111')
  expect(await next()).toMatchObject({ id: 2, ret_code: '3003' })
  follower.child.kill('SIGINT')
  expect((await follower.ended).status).toBe(0)
})

test('requests --follow ends quietly when its reader has left', async () => {
  const { environment } = await startSandbox('--card', 'u-1:1111:D')
  const follower = spawn(process.execPath, [CLI_FILE, 'sandbox', 'requests', '--follow'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  follower.stdout.destroy()
  const closed = once(follower, 'close')
  await unbind(environment, 'u-1', '1111')
  expect(await closed).toEqual([0, null])
})

test('requests --follow says that the sandbox went away', async () => {
  const { environment, started } = await startSandbox('--card', 'u-1:1111:D')
  await unbind(environment, 'u-1', '1111')
  const follower = startCli(['sandbox', 'requests', '--follow'], environment)
  running.push(follower)
  if (follower.child.stdout === null) throw new Error('no output')
  await once(createInterface(follower.child.stdout), 'line')
  started.child.kill('SIGKILL')
  const { status, stderr } = await follower.ended
  expect([status, stderr.replaceAll(/\s+/g, ' ')]).toEqual([
    5,
    expect.stringContaining('error: The connection to the sandbox was lost.'),
  ])
})

test('the log has a line for each request, also dropped and malformed ones', async () => {
  const { environment, url, started } = await startSandbox(
    '--card',
    'u-1:1111:D',
    '--scenario',
    'close-after',
  )
  await unbind(environment, 'u-1', '1111')
  await run(environment, 'play', 'off')
  await unbind(environment, 'u-1', '1111')
  await fetch(`${url}/bankcardunbind.htm`, { method: 'POST', body: '{' })
  await fetch(`${url}/bankcardunbind.htm`)
  await fetch(`${url}/x\u202e`, { method: 'POST' })
  started.child.kill('SIGTERM')
  const { stderr } = await started.ended
  expect(
    stderr
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(9)),
  ).toEqual([
    'card.unbind u-1 1111 D → connection closed after 0000 done [close-after]',
    'card.unbind u-1 1111 D → 3003 no such agreement (not bound)',
    'card.unbind → 1012 not readable (not valid JSON)',
    'GET /bankcardunbind.htm → HTTP 405 LianLian takes POST only.',
    'POST /x%E2%80%AE → HTTP 404 The sandbox has no such endpoint.',
  ])
})

test('binds thousands of cards from a file, without printing each', async () => {
  const file = join(folder, 'many.csv')
  const lines = Array.from({ length: 5000 }, (_, index) => `u-${index},${100_000 + index},D`)
  writeFileSync(file, ['user_id,no_agree,pay_type', ...lines].join('\n'))
  const { bound, cards, environment } = await startSandbox('--cards', file)
  expect([bound, cards.length]).toEqual([5000, 3])
  expect((await run(environment, 'cards', 'import', file)).lines).toEqual(['Bound 5000 cards.'])
  expect((await unbind(environment, 'u-4999', '104999')).status).toBe(0)
})

test('keeps cards over restarts', async () => {
  const state = join(folder, 'state.json')
  const flags = ['--state', state, '--card', 'u-1:1111:D', '--card', 'u-2:2222:D']
  const first = await startSandbox(...flags)
  expect((await unbind(first.environment, 'u-1', '1111')).status).toBe(0)
  // Killed, not closed: what was replied to is kept.
  first.started.child.kill('SIGKILL')
  await first.started.ended
  const second = await startSandbox(...flags)
  expect(second.cards).toMatchObject([{ user_id: 'u-2' }])
  expect(second.bound).toBe(1)
})

test('knows a merchant by its own public key', async () => {
  const key = join(folder, 'own.pem')
  expect((await runCli(['key', 'new', key])).status).toBe(0)
  const oidPartner = '201304121000001005'
  const { environment } = await startSandbox('--merchant', `${oidPartner}=${key}.pub`)
  await run(environment, 'cards', 'bind', 'u-1:1111:D', '--oid-partner', oidPartner)
  const own = { ...environment, LLPAY_OID_PARTNER: oidPartner, LLPAY_PRIVATE_KEY_FILE: key }
  const card = [
    '--user-id',
    'u-1',
    '--no-agree',
    '1111',
    '--pay-type',
    'D',
    '--oid-partner',
    oidPartner,
  ]
  await run(environment, 'cards', 'bind', ...card)
  expect((await unbind(own, 'u-1', '1111')).status).toBe(0)
})

describe('keys', () => {
  test('an unsafe key is refused with the command that fixes it, and stays as it is', async () => {
    const keys = join(folder, 'keys')
    const { started } = await startSandbox('--keys', keys)
    started.child.kill('SIGTERM')
    await started.ended
    const file = join(keys, 'merchant-private.pem')
    const before = readFileSync(file, 'utf8')
    chmodSync(file, 0o644)
    rmSync(join(keys, 'merchant-public.pem'))
    const refused = await run({}, '--keys', keys, '--port', '0')
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('chmod 600')])
    expect(existsSync(join(keys, 'merchant-public.pem'))).toBe(false)
    chmodSync(file, 0o600)
    await startSandbox('--keys', keys)
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  test('a file in place of the folder is exit 2', async () => {
    const file = join(folder, 'some-file')
    writeFileSync(file, 'mine')
    const { status, object } = await runJson({}, '--keys', file, '--port', '0')
    expect([status, object]).toEqual([2, expect.objectContaining({ ok: false })])
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })
})

describe('usage', () => {
  test('a group of commands without one of them names those there are', async () => {
    const { status, lines } = await run({}, 'cards')
    expect([status, lines.join('\n')]).toEqual([
      0,
      expect.stringMatching(/sandbox cards list.*sandbox cards bind/s),
    ])
    const unknown = await run({}, 'cards', 'zzz')
    expect([unknown.status, unknown.stderr]).toEqual([
      2,
      expect.stringContaining('It has sandbox cards list, sandbox cards bind'),
    ])
    const help = await run({}, 'cards', '--help')
    expect([help.status, help.lines.join('\n')]).toEqual([
      0,
      expect.stringMatching(/sandbox cards import(?!.*--port)/s),
    ])
  })

  test.each([
    ['a scenario with an argument that is not valid', ['--scenario', 'slow:-1']],
    ['a scenario for an unknown endpoint', ['--scenario', 'card.nope=slow']],
    ['a status that is none', ['--scenario', 'status:abc']],
    ['a merchant without a key', ['--merchant', '201304121000001005']],
    ['a merchant number that is too short', ['--merchant', '1=x.pem']],
    ['a merchant whose key is missing', ['--merchant', '201304121000001005=missing.pem']],
    ['a merchant number with 2 digits', ['--oid-partner', '12']],
    ['a folder of keys that is empty', ['--keys', '']],
    ['an address that is empty', ['--listen', '']],
    ['a card whose agreement is missing as text', ['--card', 'u-1:null:D']],
    ['a card that a spreadsheet shortened', ['--card', 'u-1:2.01E+15:D']],
    ['a word that is not a command', ['nope']],
    ['an unknown scenario for play', ['play', 'close-aftr']],
    ['a card that is not one', ['cards', 'bind', 'x']],
    ['no card', ['cards', 'bind']],
    ['a base URL that is not one', ['health', '--base-url', 'nope']],
    ['plain http to another machine', ['health', '--base-url', 'http://192.0.2.1']],
    ['an id that is not a number', ['requests', '--after', 'x']],
  ])('%s is exit 2', async (_, args) => {
    const { environment } = await startSandbox()
    const port = args[0]?.startsWith('--') === true ? ['--port', '0'] : []
    const { status, object } = await runJson(environment, ...args, ...port)
    expect([status, object]).toEqual([2, expect.objectContaining({ ok: false, api: null })])
  })

  test('a file of cards that is missing or broken is exit 2', async () => {
    expect((await runJson({}, '--cards', join(folder, 'missing.csv'), '--port', '0')).status).toBe(
      2,
    )
    const broken = join(folder, 'broken.csv')
    writeFileSync(broken, 'user_id,no_agree\nu-1,\n')
    const refused = await run({}, '--cards', broken, '--port', '0')
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('Line 2')])
  })

  test('a sandbox that does not run is exit 5, and a server that is none is exit 2', async () => {
    const { url, started } = await startSandbox()
    const elsewhere = await runJson({}, 'health', '--base-url', `${url}/elsewhere`)
    expect(elsewhere.status).toBe(2)
    started.child.kill('SIGTERM')
    await started.ended
    const gone = await run({}, 'health', '--base-url', url)
    expect([gone.status, gone.stderr]).toEqual([5, expect.stringContaining('llpay sandbox')])
  })

  test('a state file that is a folder is exit 2', async () => {
    mkdirSync(join(folder, 'as-folder'))
    const { status } = await runJson({}, '--state', join(folder, 'as-folder'), '--port', '0')
    expect(status).toBe(2)
  })
})

test('a list that is wider than the terminal is printed one member a line', async () => {
  const { environment } = await startSandbox('--card', 'u-1:20140317100000300:D')
  const list = ['card', 'list', '--user-id', 'u-1', '--all']
  const narrow = await runInTerminal(list, environment, [], { columns: 80 })
  expect(narrow.output).toMatch(/^no_agree +20140317100000300\r?$/m)
  expect(narrow.output).toMatch(/^pay_type +D\r?$/m)
  const wide = await runInTerminal(list, environment, [], { columns: 120 })
  expect(wide.output).toMatch(/^no_agree +card_no +card_type/m)
  const piped = await runCli(list, environment)
  expect(piped.stdout).toMatch(/^no_agree +card_no +card_type/m)
})
