import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { openLedger } from './ledger.ts'
import type { OutcomeRecord } from './record.ts'

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

test('what is torn in its first line is begun anew', async () => {
  writeFileSync(file, '{"llpay":"unbind-l')
  writeFileSync(`${file}.key`, 'ab'.repeat(32))
  const ledger = await openLedger(file, OWNER)
  ledger.close()
  expect(JSON.parse(readFileSync(file, 'utf8').split('\n')[0] ?? '')).toMatchObject(OWNER)
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
