import { linkSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { openLedger } from '../ledger/ledger.ts'
import type { OutcomeRecord } from '../ledger/records.ts'
import { auditRows } from '../report.ts'
import { checkFiles } from './check-files.ts'
import { toResultLine, openResults } from './results.ts'

const OWNER = { oid_partner: '201304121000001004', target: 'loopback' }

let folder = ''
let file = ''
let ledgerFile = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-results-'))
  file = join(folder, 'results.ndjson')
  ledgerFile = join(folder, 'cards.ledger')
})
afterEach(() => rmSync(folder, { recursive: true }))

const recordOf = (
  line: number,
  at: number,
  outcome: OutcomeRecord['outcome'] = 'unbound',
): OutcomeRecord => ({
  at,
  event: 'outcome',
  job: line.toString(16).padEnd(64, '0'),
  line,
  outcome,
})

async function keep(...records: OutcomeRecord[]): Promise<void> {
  const ledger = await openLedger(ledgerFile, OWNER)
  for (const record of records) await ledger.record(record)
  ledger.close()
}

const lines = () => readFileSync(file, 'utf8')
const HOUR = 3_600_000
const NOON = Date.UTC(2026, 0, 1, 12)

test('what the ledger has and the file lacks is reported first, in the order of the ledger', async () => {
  const records = [recordOf(1, NOON), recordOf(2, NOON), recordOf(3, NOON)]
  await keep(...records)
  writeFileSync(file, toResultLine(recordOf(2, NOON)))
  await openResults({ file, ledgerFile })
  expect(lines()).toBe(
    [1, 0, 2].map((index) => toResultLine(records[index] ?? recordOf(0, 0))).join(''),
  )
})

test.each([-HOUR, 0, HOUR])(
  'nothing is reported twice when the clock steps by %i ms',
  async (step) => {
    const first = recordOf(1, NOON, 'unknown')
    const second = recordOf(1, NOON + step, 'unbound')
    await keep(first, second)
    writeFileSync(file, toResultLine(first))
    await openResults({ file, ledgerFile })
    await openResults({ file, ledgerFile })
    expect(lines()).toBe(toResultLine(first) + toResultLine(second))
    expect(Array.from(auditRows(ledgerFile), ({ outcome }) => outcome)).toEqual(['unbound'])
  },
)

test('the report has a card once, the last outcome counting, also at the same millisecond', async () => {
  await keep(recordOf(1, NOON, 'refused'), recordOf(1, NOON, 'unknown'), recordOf(2, 0))
  const rows = Array.from(auditRows(ledgerFile), ({ line, outcome }) => [line, outcome])
  expect(rows).toEqual([
    [1, 'unknown'],
    [2, 'unbound'],
  ])
})

test('half a result at the end is reported again, wherever it was torn', async () => {
  const [first, second] = [recordOf(10, NOON), recordOf(171, NOON)]
  await keep(first, second)
  const whole = toResultLine(second)
  for (let length = 0; length < whole.length; length += 1) {
    writeFileSync(file, toResultLine(first) + whole.slice(0, length))
    await openResults({ file, ledgerFile })
    expect(lines()).toBe(toResultLine(first) + whole)
  }
})

const RESULT = toResultLine(recordOf(1, NOON))
test('a whole result that only lacks the end of its line is kept, also one of another ledger', async () => {
  const [own, foreign] = [recordOf(1, NOON), recordOf(9, NOON)]
  await keep(own)
  writeFileSync(file, toResultLine(foreign).trimEnd())
  await openResults({ file, ledgerFile })
  expect(lines()).toBe(toResultLine(foreign) + toResultLine(own))
  writeFileSync(file, lines().trimEnd())
  await openResults({ file, ledgerFile })
  expect(lines()).toBe(toResultLine(foreign) + toResultLine(own))
})

test.each([
  ['a note', 'buy milk'],
  ['a note of two lines', 'buy milk\nand bread\n'],
  ['a log whose last line is not finished', '{"level":"info"}\n{"lev'],
  ['a log of one unfinished line', '{"level":"info"'],
  ['results with a note behind them', `${RESULT}buy milk`],
  ['results with a line of something else', `${RESULT}# done\n${RESULT}`],
  ['a blank line', '\n'],
  ['CSV', 'user_id,no_agree\n1,2\n'],
  ['JSON that only begins like a result', '{"at":"yesterday"'],
])('%s is refused, and left as it is', async (_, text) => {
  await keep(recordOf(1, NOON))
  writeFileSync(file, text)
  await expect(openResults({ file, ledgerFile })).rejects.toMatchObject({
    code: 'ERR_CONFIG_INVALID',
    message: expect.stringContaining('left as it was'),
  })
  expect(lines()).toBe(text)
})

test('a run that lost its ledger tells nothing more', async () => {
  await keep()
  const lost = new Error('lost')
  const check = () => {
    throw lost
  }
  const results = await openResults({ file, ledgerFile, check })
  await expect(results.tell(recordOf(1, NOON))).rejects.toBe(lost)
  expect(lines()).toBe('')
})

const invalid = expect.objectContaining({ code: 'ERR_CONFIG_INVALID' })

test('input, ledger, key, lock and results must be different files, by whatever name', () => {
  const input = join(folder, 'cards.csv')
  writeFileSync(input, 'user_id,no_agree\n')
  writeFileSync(ledgerFile, '')
  writeFileSync(`${ledgerFile}.key`, '')
  const names = (target: string) => {
    const base = join(folder, 'name')
    rmSync(`${base}.soft`, { force: true })
    rmSync(`${base}.hard`, { force: true })
    symlinkSync(target, `${base}.soft`)
    linkSync(target, `${base}.hard`)
    return [
      target,
      `${base}.soft`,
      `${base}.hard`,
      relative(process.cwd(), target),
      `${folder}/./x/${target.slice(folder.length + 1)}`,
    ]
  }
  symlinkSync('.', join(folder, 'x'))
  for (const target of [input, ledgerFile, `${ledgerFile}.key`]) {
    for (const results of names(target)) {
      expect(() => checkFiles({ input, ledger: ledgerFile, results })).toThrow(invalid)
    }
  }
  for (const ledger of names(input)) {
    expect(() => checkFiles({ input, ledger, results: file })).toThrow(invalid)
  }
  expect(() => checkFiles({ input, ledger: ledgerFile, results: `${ledgerFile}.lock` })).toThrow(
    invalid,
  )
  // Neither is there yet.
  const fresh = join(folder, 'fresh')
  expect(() =>
    checkFiles({ input, ledger: fresh, results: relative(process.cwd(), fresh) }),
  ).toThrow(invalid)
  expect(() => checkFiles({ input, ledger: ledgerFile, results: file })).not.toThrow()
})

test.each(['', '.', '/'])('--ledger and --results must name a file: %j', (name) => {
  expect(() => checkFiles({ input: undefined, ledger: name, results: file })).toThrow(invalid)
  expect(() => checkFiles({ input: undefined, ledger: ledgerFile, results: name })).toThrow(invalid)
})
