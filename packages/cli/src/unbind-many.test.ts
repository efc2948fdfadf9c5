import { spawn, spawnSync } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text as textOf } from 'node:stream/consumers'

import { CLI_FILE, runCli, runInTerminal, startCli, type StartedCli } from '@internal/testkit/cli'
import { bodyOf, serve } from '@internal/testkit/local-server'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'

// Everything here is a process: the command line, and the gateway it calls.

const CARDS = 60
const agreement = (index: number) => `20140317100${10_000 + index}`

const keyFolder = mkdtempSync(join(tmpdir(), 'llpay-many-keys-'))
let folder = ''
let sandbox: StartedCli | undefined
let env: Record<string, string> = {}

async function startSandbox(...args: string[]): Promise<void> {
  const cards = Array.from({ length: CARDS }, (_, index) => [
    '--card',
    `u${index}:${agreement(index)}:D`,
  ])
  const keys = ['--keys', keyFolder]
  sandbox = startCli(['sandbox', '--json', '--port', '0', ...keys, ...cards.flat(), ...args])
  if (sandbox.child.stdout === null) throw new Error('no output')
  const [line] = await once(createInterface(sandbox.child.stdout), 'line')
  env = { ...JSON.parse(String(line)).sandbox.environment, XDG_CONFIG_HOME: folder }
}

afterAll(() => rmSync(keyFolder, { recursive: true }))
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-many-'))
  const rows = Array.from(
    { length: CARDS },
    (_, index) => `u${index},${agreement(index)},D,r${index}`,
  )
  writeFileSync(
    join(folder, 'cards.csv'),
    ['user_id,no_agree,pay_type,ref', ...rows, ''].join('\n'),
  )
})
afterEach(async () => {
  sandbox?.child.kill('SIGTERM')
  await sandbox?.ended
  rmSync(folder, { recursive: true })
})

const many = (...args: string[]) => [
  'card',
  'unbind-many',
  join(folder, 'cards.csv'),
  ...(args.includes('--rate') ? [] : ['--rate', 'none']),
  ...args,
]

interface Told {
  readonly line: number
  readonly ref: string
  readonly outcome: string
  readonly evidence?: string
  readonly issues?: readonly { readonly path: string }[]
}

const parse = (text: string): Told[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Told => JSON.parse(line))

const refs = Array.from({ length: CARDS }, (_, index) => `r${index}`)
const sorted = (told: readonly Told[]) => told.map(({ ref }) => ref).toSorted()

describe('a file of cards', () => {
  test('is unbound, each card reported once; the same command again finds nothing to do', async () => {
    await startSandbox()
    const first = await runCli(many(), env)
    expect(first.status).toBe(0)
    const told = parse(first.stdout)
    expect(sorted(told)).toEqual(refs.toSorted())
    expect(new Set(told.map(({ outcome, evidence }) => `${outcome} ${evidence}`))).toEqual(
      new Set(['unbound signed-reply']),
    )
    expect(first.stdout + first.stderr).not.toContain(agreement(0))
    expect(await runCli(many(), env)).toMatchObject({ status: 0, stdout: '' })
    const json = await runCli(many('--json'), env)
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: true,
      summary: { unbound: CARDS, earlier: CARDS, left: 0 },
    })
  })

  test('what is not a job, elsewhere, repeated or not bound is reported as that', async () => {
    await startSandbox()
    writeFileSync(
      join(folder, 'cards.csv'),
      [
        'user_id,no_agree,pay_type,ref',
        `u0,${agreement(0)},2,elsewhere`,
        'u1,2.01403E+15,D,spreadsheet',
        'nobody,1111,D,nobody',
        `u2,${agreement(2)},D,good`,
        `u2,${agreement(2)},D,again`,
      ].join('\n'),
    )
    const run = await runCli(many(), env)
    expect(run.status).toBe(3)
    const outcomes = parse(run.stdout).map(({ line, outcome }) => [line, outcome])
    expect(Object.fromEntries(outcomes)).toEqual({
      2: 'refused',
      3: 'refused',
      4: 'not-bound',
      5: 'unbound',
    })
    const report = await runCli(
      ['card', 'unbind-many', 'report', join(folder, 'cards.csv.ledger')],
      env,
    )
    expect(report.status).toBe(0)
    expect(report.stdout).toMatch(/^2,elsewhere,refused,,ERR_AGREEMENT_ELSEWHERE,,D,/m)
    expect(report.stdout.trimEnd().split('\n')).toHaveLength(5)
  })
})

const write = (...rows: string[]) =>
  writeFileSync(join(folder, 'cards.csv'), ['user_id,no_agree,pay_type', ...rows].join('\n'))

describe('the exit of a run whose cards had their outcomes before', () => {
  test.each([
    ['refused', ['u0,2.01403E+15,D'], 'ERR_REJECTED'],
    ['not bound', ['nobody,1111,D'], 'ERR_NOT_BOUND'],
  ])('is 3 again where a card was %s', async (_, rows, code) => {
    await startSandbox()
    write(...rows, `u1,${agreement(1)},D`)
    expect((await runCli(many(), env)).status).toBe(3)
    const again = await runCli(many('--json', '--max-failures', '1'), env)
    expect(again.status).toBe(3)
    expect(JSON.parse(again.stdout)).toMatchObject({
      ok: false,
      error: { code },
      summary: { earlier: 2, left: 0 },
    })
  })

  test('is 6 where a run that was stopped left a card without any proof', async () => {
    await startSandbox('--scenario', 'card.unbind=wrong-key')
    write(`u1,${agreement(1)},D`)
    expect((await runCli(many(), env)).status).toBe(4)
    expect((await runCli(many(), env)).status).toBe(6)
    expect((await runCli(many('--json'), env)).status).toBe(6)
  })

  test('is the same where nobody reads the results or what is said of them', async () => {
    await startSandbox()
    write('nobody,1111,D')
    const statuses: unknown[] = []
    for (const stream of ['stdout', 'stderr'] as const) {
      for (let run = 0; run < 2; run += 1) {
        const args = many('--again', 'not-bound')
        const child = spawn(process.execPath, [CLI_FILE, ...args], { env, stdio: 'pipe' })
        child[stream].destroy()
        statuses.push((await once(child, 'close'))[0])
      }
    }
    expect(statuses).toEqual([3, 3, 3, 3])
  })
})

test('an unknown format is refused before anything is written', async () => {
  await startSandbox()
  const run = await runCli(many('--format', 'xls'), env)
  expect(run.status).toBe(2)
  expect(run.stderr).toMatch(/^error: --format must be one of csv, ndjson\.$/m)
  expect(existsSync(join(folder, 'cards.csv.ledger'))).toBe(false)
})

test('a report of what is not a ledger prints nothing', async () => {
  const run = await runCli(['card', 'unbind-many', 'report', join(folder, 'cards.csv')])
  expect([run.status, run.stdout]).toEqual([2, ''])
})

test('a file without cards is said to have none', async () => {
  await startSandbox()
  write()
  const none = await runCli(many(), env)
  expect(none.status).toBe(0)
  expect(none.stderr).toContain('note: The file names no card.')
  writeFileSync(join(folder, 'cards.csv'), '')
  const empty = await runCli(many(), env)
  expect(empty.status).toBe(2)
  expect(empty.stderr).toContain('error: The file with the cards is empty.')
})

describe('cards that are not bound', () => {
  test('are exit 3, unless they are accepted; the results name the products', async () => {
    await startSandbox()
    write(`u0,${agreement(0)},D`, 'nobody,1111,D')
    const run = await runCli(many('--json'), env)
    expect(run.status).toBe(3)
    expect(JSON.parse(run.stdout)).toMatchObject({
      ok: false,
      error: { code: 'ERR_NOT_BOUND', delivered: 'no' },
      summary: { unbound: 1, 'not-bound': 1, undecided: 0 },
    })
    const accepted = await runCli(many('--json', '--allow-not-bound'), env)
    expect(accepted.status).toBe(0)
    expect(JSON.parse(accepted.stdout)).toMatchObject({ ok: true, summary: { 'not-bound': 1 } })
    const results = join(folder, 'results.ndjson')
    await runCli(many('--results', results), env)
    expect(parse(readFileSync(results, 'utf8')).find(({ line }) => line === 3)).toMatchObject({
      outcome: 'not-bound',
      queried: ['D', '2', '3', 'P', 'M', 'F', 'N'],
      undecided: [],
    })
  })

  test('are queried for the products of --pay-types alone', async () => {
    await startSandbox()
    write(`u0,${agreement(0)},2`)
    const run = await runCli(many('--pay-types', '2,3'), env)
    expect(run.status).toBe(3)
    expect(parse(run.stdout)).toMatchObject([{ outcome: 'not-bound', queried: ['2', '3'] }])
    const wrong = await runCli(many('--pay-types', '2, 3', '--json'), env)
    expect(wrong.status).toBe(2)
    expect(JSON.parse(wrong.stdout).error.message).toContain('--pay-types')
  })
})

test('what a spreadsheet or a program mangled is refused before anything is sent', async () => {
  await startSandbox('--scenario', 'card.list=code:9999')
  const values = [
    '2014031710002121.0',
    "'2014031710002121",
    '"2,014,031,710,002,121"',
    '２０１４０３１７１０００２１２１',
    '2014031710002121\t',
    '"2,01403E+15"',
    '2014\u200b2121',
    'nan',
  ]
  const rows = [...values.map((value) => `u0,${value}`), `1.38001E+10,${agreement(0)}`]
  writeFileSync(join(folder, 'cards.csv'), ['user_id, no_agree', ...rows].join('\n'))
  const run = await runCli(many(), env)
  expect(run.status).toBe(3)
  const told = parse(run.stdout)
  expect(told.map(({ outcome }) => outcome)).toEqual(rows.map(() => 'refused'))
  expect(told.map(({ issues }) => issues?.[0]?.path)).toEqual([
    ...values.map(() => 'no_agree'),
    'user_id',
  ])
  const dry = await runCli(many('--dry-run'))
  expect(dry.status).toBe(2)
  expect(dry.stdout).toContain('pandas')
})

/** Starts a run whose results are appended to a file; it may end before it is killed. */
function startRun(file: string, ...args: string[]) {
  const fd = openSync(file, 'a')
  const child = spawn(process.execPath, [CLI_FILE, ...many(...args)], {
    env,
    stdio: ['ignore', fd, 'pipe'],
  })
  closeSync(fd)
  const { stderr } = child
  if (stderr === null) throw new Error('standard error is a pipe')
  return { child, ended: once(child, 'close'), talk: textOf(stderr) }
}

/** What stands between the command line and the sandbox. */
interface Gate extends AsyncDisposable {
  /** Resolves when this number of further unbind requests has arrived. */
  arrived(count: number): Promise<void>
  /** Lets through what was held back, and everything after it. */
  open(): void
}

/** Lets a number of unbind requests through to the sandbox, and holds back the others. */
async function holdAfter(count: number): Promise<Gate> {
  const { LLPAY_BASE_URL: sandboxUrl = '' } = env
  const events = new EventEmitter().setMaxListeners(CARDS)
  let unbinds = 0
  let isOpen = false
  const server = await serve(async (request, response) => {
    const body = await bodyOf(request)
    if (request.url === '/bankcardunbind.htm') {
      unbinds += 1
      events.emit('request')
      if (unbinds > count && !isOpen) await once(events, 'open')
    }
    const reply = await fetch(`${sandboxUrl}${request.url}`, { method: 'POST', body })
    response.writeHead(reply.status).end(await reply.text())
  })
  env = { ...env, LLPAY_BASE_URL: server.url }
  return {
    arrived: (more) =>
      new Promise((resolve) => {
        let left = more
        events.on('request', () => {
          left -= 1
          if (left === 0) resolve()
        })
      }),
    open() {
      isOpen = true
      events.emit('open')
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

describe('a run that is stopped', () => {
  test('by SIGKILL, again and again, loses no card and tells none twice', async () => {
    await startSandbox('--scenario', 'card.unbind=slow:60')
    await using gate = await holdAfter(CARDS)
    const results = join(folder, 'results.ndjson')
    for (let kill = 0; kill < 5; kill += 1) {
      const { child, ended } = startRun(results, '--concurrency', '4')
      await Promise.race([gate.arrived(1 + Math.floor(Math.random() * 10)), ended])
      child.kill('SIGKILL')
      await ended
    }
    gate.open()
    expect(await startRun(results).ended).toEqual([0, null])
    const told = parse(readFileSync(results, 'utf8'))
    expect(sorted(told)).toEqual(refs.toSorted())
    expect(new Set(told.map(({ outcome }) => outcome))).toEqual(new Set(['unbound']))
  })

  test('by an interrupt, brings what is in flight to its end', async () => {
    await startSandbox()
    await using gate = await holdAfter(3)
    const results = join(folder, 'results.ndjson')
    const { child, ended, talk } = startRun(results, '--concurrency', '2')
    await gate.arrived(5)
    child.kill('SIGINT')
    child.stderr?.once('data', () => gate.open())
    expect(await ended).toEqual([130, null])
    const said = await talk
    expect(said).toMatch(/stopping: 3 done, 2 in flight, 55 not started\./)
    expect(said).toMatch(/^unbound +5$/m)
    expect(said).toMatch(/^not started +55 +run the same command again$/m)
    const before = parse(readFileSync(results, 'utf8')).length
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(CARDS)
    const next = startRun(results, '--concurrency', '32', '--rate', '1000/s')
    expect(await next.ended).toEqual([0, null])
    expect(await next.talk).not.toContain('Warning')
    expect(sorted(parse(readFileSync(results, 'utf8')))).toEqual(refs.toSorted())
  })

  test('by a reply that is forged, stops before the other cards', async () => {
    await startSandbox('--scenario', 'card.unbind=wrong-key')
    const run = await runCli(many('--concurrency', '1'), env)
    expect(run.status).toBe(4)
    expect(parse(run.stdout).map(({ outcome }) => outcome)).toEqual(['unknown'])
  })

  test('by what the merchant may not do', async () => {
    await startSandbox('--scenario', 'card.list=code:1008')
    const run = await runCli(many('--concurrency', '1', '--json'), env)
    expect(run.status).toBe(3)
    expect(JSON.parse(run.stdout)).toMatchObject({
      ok: false,
      error: { code: 'ERR_REJECTED', returnCode: '1008' },
      summary: { stop: 'merchant', left: 1, refused: 0 },
    })
  })

  test('by --max-failures', async () => {
    await startSandbox('--scenario', 'card.unbind=code:4000')
    const run = await runCli(many('--concurrency', '1', '--max-failures', '3'), env)
    expect(run.status).toBe(3)
    expect(parse(run.stdout)).toHaveLength(3)
  })

  test('by a reader that leaves', async () => {
    await startSandbox()
    await using gate = await holdAfter(2)
    const child = spawn(process.execPath, [CLI_FILE, ...many('--concurrency', '2')], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const ended = once(child, 'close')
    await once(child.stdout, 'data')
    child.stdout.destroy()
    gate.open()
    expect(await ended).toEqual([130, null])
  })
})

test('another run on the same ledger is refused', async () => {
  await startSandbox()
  await using gate = await holdAfter(1)
  const results = join(folder, 'results.ndjson')
  const { child, ended } = startRun(results, '--concurrency', '1')
  await gate.arrived(2)
  const second = await runCli(many('--json'), env)
  child.kill('SIGKILL')
  await ended
  expect(second.status).toBe(2)
  expect(JSON.parse(second.stdout)).toMatchObject({ error: { code: 'ERR_CONFIG_CONFLICT' } })
})

/** Whether this machine lets a process into its own namespace. */
const canUnshare = spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0

/** Starts a run in its own container, as far as processes go. */
function startApart(...args: string[]) {
  const command = [process.execPath, CLI_FILE, ...many(...args)]
  const child = spawn('unshare', ['--pid', '--fork', '--mount-proc', ...command], { env })
  child.stdout.resume()
  return { ended: once(child, 'close'), told: textOf(child.stderr) }
}

test.skipIf(!canUnshare)('another run is refused from its own container as well', async () => {
  await startSandbox()
  await using gate = await holdAfter(1)
  const first = startApart('--concurrency', '1')
  await gate.arrived(2)
  const second = startApart()
  expect(await second.ended).toEqual([2, null])
  expect(await second.told).toContain('Another run (process 1) works on this ledger.')
  gate.open()
  expect(await first.ended).toEqual([0, null])
})

describe('what was done is reported, whatever ended the run', () => {
  test('a line that is broken', async () => {
    await startSandbox()
    const rows = Array.from({ length: 8 }, (_, index) => `u${index},${agreement(index)},D`)
    const lines = ['user_id,no_agree,pay_type', ...rows, 'u9,"torn', '']
    writeFileSync(join(folder, 'cards.csv'), lines.join('\n'))
    const run = await runCli(many('--concurrency', '1', '--json'), env)
    expect(run.status).toBe(2)
    expect(JSON.parse(run.stdout)).toMatchObject({
      ok: false,
      error: { code: 'ERR_CONFIG_INVALID', delivered: 'unknown' },
      summary: { unbound: 8, left: 0, failure: { code: 'ERR_CONFIG_INVALID' } },
    })
    const again = await runCli(many(), env)
    expect(again.status).toBe(2)
    expect(again.stderr).toMatch(/^unbound +8$/m)
    expect(again.stderr).toMatch(/^error: The CSV file is broken at line 10/m)
  })

  test.skipIf(!existsSync('/dev/full'))('a disk that is full', async () => {
    await startSandbox()
    const run = await runCli(many('--concurrency', '1', '--results', '/dev/full'), env)
    expect(run.status).toBe(2)
    expect(run.stderr).toMatch(/^unbound +1$/m)
    expect(run.stderr).toMatch(/\(ENOSPC\)/)
    const rest = await runCli(many(), env)
    expect(rest.status).toBe(0)
    expect(sorted(parse(rest.stdout))).toEqual(refs.slice(1).toSorted())
  })
})

test.each([
  ['--ledger', ''],
  ['--results', ''],
  ['--ledger', 'cards.csv'],
  ['--results', 'cards.csv'],
  ['--results', 'cards.csv.ledger'],
  ['--results', 'note.txt'],
])('%s %j is refused, and nothing is written', async (flag, name) => {
  await startSandbox()
  writeFileSync(join(folder, 'note.txt'), 'buy milk')
  const before = readFileSync(join(folder, 'cards.csv'), 'utf8')
  const run = await runCli(many(flag, name === '' ? '' : join(folder, name), '--json'), env)
  expect(run.status).toBe(2)
  expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'ERR_CONFIG_INVALID' } })
  expect(readFileSync(join(folder, 'cards.csv'), 'utf8')).toBe(before)
  expect(readFileSync(join(folder, 'note.txt'), 'utf8')).toBe('buy milk')
  expect(existsSync('.key')).toBe(false)
})

test('a folder for cards is called unreadable, and not the ledger', async () => {
  await startSandbox()
  const run = await runCli(['card', 'unbind-many', folder, '--ledger', join(folder, 'l')], env)
  expect(run.status).toBe(2)
  expect(run.stderr).toMatch(/The file with the cards cannot be read \(EISDIR\)/)
})

test('at a terminal, results go to a file beside the cards', async () => {
  await startSandbox()
  const run = await runInTerminal(many(), env, [])
  expect(run.status).toBe(0)
  expect(run.output).toContain('cards.csv.results.ndjson')
  const told = parse(readFileSync(join(folder, 'cards.csv.results.ndjson'), 'utf8'))
  expect(sorted(told)).toEqual(refs.toSorted())
})

test('a dry run needs no key, and says what a file holds', async () => {
  const run = await runCli(many('--dry-run', '--json'))
  expect(run.status).toBe(0)
  expect(JSON.parse(run.stdout)).toMatchObject({ ok: true, dryRun: true, jobs: CARDS, invalid: 0 })
})
