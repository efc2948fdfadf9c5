import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { realDisk, type Disk } from './disk.ts'
import { openLedger } from './ledger.ts'
import { realPlatform } from './platform.ts'
import type { OutcomeRecord } from './records.ts'

const OWNER = { oid_partner: '201304121000001004', target: 'loopback' }
const JOB = 'a'.repeat(64)
const OTHER = 'b'.repeat(64)
const OUTCOME: OutcomeRecord = {
  at: 1,
  event: 'outcome',
  job: JOB,
  line: 2,
  outcome: 'unbound',
  evidence: 'signed-reply',
}

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-ledger-'))
  file = join(folder, 'cards.ledger')
})
afterEach(() => rmSync(folder, { recursive: true }))

async function begin() {
  const ledger = await openLedger(file, OWNER)
  await ledger.marks.add(OTHER)
  await ledger.record(OUTCOME)
  ledger.close()
}

test('knows after a restart what was sent and what came of it', async () => {
  await begin()
  const ledger = await openLedger(file, OWNER)
  expect(await ledger.marks.has(OTHER)).toBe(true)
  expect(ledger.outcomeOf(OTHER)).toBeUndefined()
  expect(ledger.outcomeOf(JOB)).toBe('unbound')
  expect([ledger.meet(JOB), ledger.meet(JOB)]).toEqual([true, false])
  expect(ledger.outcomeOf(JOB)).toBe('unbound')
  ledger.close()
})

test('counts requests, and keeps an outcome for a count only while it is that one', async () => {
  await begin()
  const ledger = await openLedger(file, OWNER)
  const { marks } = ledger
  expect([await marks.add(JOB), await marks.add(JOB)]).toEqual([1, 2])
  expect(await marks.keepOutcome(JOB, '{}', 1)).toBeUndefined()
  expect(await marks.keepOutcome(JOB, '{}', 2)).toBe('{}')
  // Sent by the run before.
  expect(await marks.keepOutcome(OTHER, '{}', 0)).toBeUndefined()
  expect(await marks.add(OTHER)).toBe(2)
  expect(await marks.keepOutcome(OTHER, '{}')).toBe('{}')
  ledger.close()
})

test("is its owner's alone, and holds no card", async () => {
  await begin()
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(`${file}.key`).mode & 0o777).toBe(0o600)
})

test('half a line at its end is cut off, wherever it was torn', async () => {
  await begin()
  const whole = readFileSync(file, 'utf8')
  const start = whole.trimEnd().lastIndexOf('\n') + 1
  for (let length = start; length < whole.length; length += 1) {
    writeFileSync(file, whole.slice(0, length))
    const ledger = await openLedger(file, OWNER)
    expect(ledger.outcomeOf(JOB)).toBeUndefined()
    expect(await ledger.marks.has(OTHER)).toBe(true)
    ledger.close()
    expect(
      readFileSync(file, 'utf8')
        .split('\n')
        .slice(1, -1)
        .map((line) => JSON.parse(line).event),
    ).toEqual(['run', 'sent', 'run'])
  }
})

test('what is torn in its first line is begun again', async () => {
  writeFileSync(file, '{"llpay":"unbind-l')
  writeFileSync(`${file}.key`, 'ab'.repeat(32))
  const ledger = await openLedger(file, OWNER)
  ledger.close()
  expect(JSON.parse(readFileSync(file, 'utf8').split('\n')[0] ?? '')).toMatchObject(OWNER)
})

test.each(['', '\0'.repeat(64), 'ab'.repeat(20), '\n'])(
  'a key that was torn before any job was recorded is made again: %j',
  async (text) => {
    const first = await openLedger(file, OWNER)
    first.close()
    writeFileSync(`${file}.key`, text)
    const ledger = await openLedger(file, OWNER)
    await ledger.record(OUTCOME)
    ledger.close()
    expect(readFileSync(`${file}.key`, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/)
    const again = await openLedger(file, OWNER)
    expect(again.outcomeOf(JOB)).toBe('unbound')
    again.close()
  },
)

test.each([
  ['a key that was torn after jobs were recorded', async () => begin(), ''],
  [
    'something else in the place of the key',
    async () => undefined,
    '-----BEGIN PRIVATE KEY-----\n',
  ],
])('%s is left as it is', async (_, prepare, text) => {
  await prepare()
  writeFileSync(`${file}.key`, text)
  await expect(openLedger(file, OWNER)).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
  expect(readFileSync(`${file}.key`, 'utf8')).toBe(text)
})

test.each(['a note', 'a note\nof two lines\n', '{"llpay":"other"', 'user_id,no_agree', '\n'])(
  'a file that is something else is left as it is: %j',
  async (text) => {
    writeFileSync(file, text)
    await expect(openLedger(file, OWNER)).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
    expect(readFileSync(file, 'utf8')).toBe(text)
    expect(readdirSync(folder)).toEqual(['cards.ledger'])
  },
)

test('a ledger of nothing but zeros, as some file systems leave it, is begun again', async () => {
  writeFileSync(file, '\0'.repeat(512))
  const ledger = await openLedger(file, OWNER)
  ledger.close()
  expect(JSON.parse(readFileSync(file, 'utf8').split('\n')[0] ?? '')).toMatchObject(OWNER)
})

/** The path of a draft, by what it is a draft of. */
const withoutRandom = (path: string) =>
  path.replace(/\.lock\.[0-9a-f]{32}/, '.lock.draft').replace(/\.[0-9a-f]{16}(?=\.new$)/, '')

/** A disk that notes what is done, and fails at one of the steps. */
function failingDisk(failAt: number, code: string) {
  const steps: string[] = []
  const step = <T>(name: string, path: string, act: () => T): T => {
    steps.push(`${name} ${withoutRandom(path).slice(folder.length + 1)}`)
    if (steps.length === failAt) throw Object.assign(new Error(code), { code })
    return act()
  }
  const disk: Disk = {
    ...realDisk,
    open: (path, mode) => {
      if (mode === 'read') return realDisk.open(path, mode)
      const opened = step(`open ${mode}`, path, () => realDisk.open(path, mode))
      const append = opened.append.bind(opened)
      const sync = opened.sync.bind(opened)
      return Object.assign(opened, {
        append: (text: string) => step('append', path, () => append(text)),
        sync: () => step('sync', path, () => sync()),
      })
    },
    link: (from, to) => step('link', to, () => realDisk.link(from, to)),
    rename: (from, to) => step('rename', to, () => realDisk.rename(from, to)),
    syncFolder: async (path) => step('sync folder', path, () => realDisk.syncFolder(path)),
  }
  return { disk, steps }
}

test('files of the user are left alone, whatever they are called', async () => {
  const names = ['new', 'key.new', 'lock.txt', 'lock.after-all', 'lock.new'].map(
    (end) => `cards.ledger.${end}`,
  )
  for (const name of names) writeFileSync(join(folder, name), 'precious')
  const ledger = await openLedger(file, OWNER)
  ledger.close()
  for (const name of names) expect(readFileSync(join(folder, name), 'utf8')).toBe('precious')
  expect(readdirSync(folder).toSorted()).toEqual(
    [...names, 'cards.ledger', 'cards.ledger.key'].toSorted(),
  )
})

test('every file is written whole: under another name, synced, renamed, its folder synced', async () => {
  const { disk, steps } = failingDisk(0, '')
  const ledger = await openLedger(file, OWNER, { ...realPlatform, disk })
  ledger.close()
  const name = 'cards.ledger'
  expect(steps).toEqual([
    `open create ${name}.lock.draft`,
    `append ${name}.lock.draft`,
    `sync ${name}.lock.draft`,
    `link ${name}.lock`,
    `sync folder ${name}.lock`,
    ...[`${name}.key`, name].flatMap((path) => [
      `open create ${path}.new`,
      `append ${path}.new`,
      `sync ${path}.new`,
      `rename ${path}`,
      `sync folder ${path}`,
    ]),
    `open append ${name}`,
    `append ${name}`,
    `sync ${name}`,
  ])
})

test('a disk that is full at any step leaves nothing that the next run stumbles over', async () => {
  for (let failAt = 1; ; failAt += 1) {
    const { disk, steps } = failingDisk(failAt, 'ENOSPC')
    const opening = openLedger(file, OWNER, { ...realPlatform, disk })
    const failed = await opening.then(
      (ledger) => ledger.close(),
      (error: unknown) => error,
    )
    if (steps.length < failAt) break
    expect(failed).toMatchObject({
      code: expect.stringMatching(/^ENOSPC|ERR_CONFIG/),
    })
    expect(readdirSync(folder).filter((name) => !/\.ledger(?:\.key)?$/.test(name))).toEqual([])
    const next = await openLedger(file, OWNER)
    await next.record(OUTCOME)
    next.close()
    for (const name of readdirSync(folder)) rmSync(join(folder, name))
  }
})

test('a run that lost its lock marks, records and sends nothing more', async () => {
  const ledger = await openLedger(file, OWNER)
  await ledger.marks.add(OTHER)
  const before = readFileSync(file, 'utf8')
  writeFileSync(`${file}.lock`, '{"llpay":"unbind-lock"}')
  const conflict = { code: 'ERR_CONFIG_CONFLICT' }
  await expect(ledger.marks.add(OTHER)).rejects.toMatchObject(conflict)
  await expect(ledger.marks.add(JOB)).rejects.toMatchObject(conflict)
  await expect(ledger.record(OUTCOME)).rejects.toMatchObject(conflict)
  expect(() => ledger.check()).toThrow(expect.objectContaining(conflict))
  expect(readFileSync(file, 'utf8')).toBe(before)
  ledger.close()
  expect(readdirSync(folder)).toContain('cards.ledger.lock')
})

test.each(['cards.ledger.key.new', 'cards.ledger.new'])(
  'a run that lost its lock while it began leaves what the other one wrote: asleep after %s',
  async (name) => {
    let other = ''
    const disk: Disk = {
      ...realDisk,
      open: (path, mode) => {
        const opened = realDisk.open(path, mode)
        const sync = opened.sync.bind(opened)
        const sleep = async () => {
          await sync()
          // A minute passes, in which another run takes over, works, and ends.
          rmSync(`${file}.lock`)
          await begin()
          other = readFileSync(file, 'utf8') + readFileSync(`${file}.key`, 'utf8')
        }
        return withoutRandom(path).endsWith(`/${name}`)
          ? Object.assign(opened, { sync: sleep })
          : opened
      },
    }
    await expect(openLedger(file, OWNER, { ...realPlatform, disk })).rejects.toMatchObject({
      code: 'ERR_CONFIG_CONFLICT',
    })
    expect(readFileSync(file, 'utf8') + readFileSync(`${file}.key`, 'utf8')).toBe(other)
  },
)

test('a ledger has one lock, under whichever name it is opened', async () => {
  await begin()
  const other = join(folder, 'other.ledger')
  symlinkSync(file, other)
  writeFileSync(`${other}.key`, readFileSync(`${file}.key`))
  const ledger = await openLedger(file, OWNER)
  await expect(openLedger(other, OWNER)).rejects.toMatchObject({ code: 'ERR_CONFIG_CONFLICT' })
  ledger.close()
})

test.each<[string, string, () => unknown, Partial<typeof OWNER>]>([
  ['another merchant', 'ERR_CONFIG_CONFLICT', () => undefined, { oid_partner: '1' }],
  ['live in place of test', 'ERR_CONFIG_CONFLICT', () => undefined, { target: 'lianlian' }],
  ['another key', 'ERR_CONFIG_CONFLICT', () => writeFileSync(`${file}.key`, 'ab'.repeat(32)), {}],
  ['no key', 'ERR_CONFIG_MISSING', () => rmSync(`${file}.key`), {}],
  ['damage', 'ERR_CONFIG_INVALID', () => appendFileSync(file, 'x\n'), {}],
])('%s is refused', async (_, code, spoil, owner) => {
  await begin()
  await spoil()
  await expect(openLedger(file, { ...OWNER, ...owner })).rejects.toMatchObject({ code })
})

test('another run is refused', async () => {
  const ledger = await openLedger(file, OWNER)
  await expect(openLedger(file, OWNER)).rejects.toMatchObject({ code: 'ERR_CONFIG_CONFLICT' })
  ledger.close()
})
