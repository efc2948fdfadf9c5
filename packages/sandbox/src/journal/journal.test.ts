import { expect, test } from 'vitest'

import { completeChecks } from '../gateway/check-request.ts'
import { formatLogLine } from './format-log-line.ts'
import { type RequestRecord, Journal } from './journal.ts'

const KIB = 1024
const at = new Date(2026, 10, 26, 12, 0, 1).getTime()

const record = (changes: Partial<RequestRecord> = {}): RequestRecord => ({
  at,
  api: 'card.unbind',
  method: 'POST',
  path: '/bankcardunbind.htm',
  status: 200,
  body: null,
  members: { user_id: 'u-1', no_agree: '2014031710002121', pay_type: 'D' },
  checks: completeChecks([]),
  canonical: 'no_agree=2014031710002121',
  signed: null,
  reply: '{}',
  ret_code: '0000',
  scenario: 'normal',
  durationMs: 8,
  ...changes,
})

test('keeps as many requests as it may, the newest', () => {
  const journal = new Journal(3)
  for (let count = 0; count < 5; count += 1) journal.add(record())
  expect(journal.list().map(({ id }) => id)).toEqual([3, 4, 5])
  expect(journal.after(4).map(({ id }) => id)).toEqual([5])
  expect(journal.after(5)).toEqual([])
  expect([journal.last, journal.find(2), journal.find(3)?.id]).toEqual([5, undefined, 3])
})

test.each([
  ['ASCII', 'x'],
  ['Chinese', '中'],
  ['characters outside the BMP', '😀'],
  ['ASCII with a pair across the limit', `${'x'.repeat(16 * KIB - 1)}😀`],
])('cuts a text of %s at 16 KiB, between characters, and says so', (_, character) => {
  const long = character.repeat(20 * KIB).slice(0, 80 * KIB)
  const { body, reply, canonical, members, truncated } = new Journal(1).add(
    record({ body: long, reply: long, canonical: long, members: { user_id: long } }),
  )
  for (const text of [body, reply, canonical, members['user_id']]) {
    const bytes = new TextEncoder().encode(text ?? '').length
    expect(bytes).toBeLessThanOrEqual(16 * KIB)
    expect(bytes).toBeGreaterThan(16 * KIB - 4)
    expect(long.startsWith(text ?? '-')).toBe(true)
  }
  expect(truncated).toBe(true)
})

test('a text of 16 KiB is kept whole', () => {
  const text = 'x'.repeat(16 * KIB)
  expect(new Journal(1).add(record({ reply: text }))).toMatchObject({
    reply: text,
    truncated: false,
  })
})

test('holds 32 MiB of texts in all', () => {
  const journal = new Journal(100_000)
  const text = 'x'.repeat(16 * KIB)
  for (let count = 0; count < 2000; count += 1) {
    journal.add(record({ reply: text, canonical: text, signed: text }))
  }
  const texts = journal.list().map(({ reply, canonical, signed }) => [reply, canonical, signed])
  const bytes = texts.flat().reduce((sum, each) => sum + (each?.length ?? 0), 0)
  expect(bytes).toBeLessThanOrEqual(32 * KIB * KIB)
  expect(bytes).toBeGreaterThan(24 * KIB * KIB)
  expect(journal.last).toBe(2000)
})

test('a flood of members is cut', () => {
  const members = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`m${index}`, '']),
  )
  const entry = new Journal(1).add(record({ members }))
  expect(Object.keys(entry.members)).toHaveLength(256)
  expect(entry.truncated).toBe(true)
})

test('ids go on after it was cleared, and each journal has its own run', () => {
  const journal = new Journal(10)
  journal.add(record())
  journal.clear()
  expect(journal.list()).toEqual([])
  expect(journal.add(record())).toMatchObject({ id: 2, run: journal.run })
  expect(new Journal(10).run).not.toBe(journal.run)
})

test('a log line has time, customer, agreement, product, result and reason', () => {
  const entry = new Journal(1).add(
    record({
      ret_code: '3003',
      checks: completeChecks([{ name: 'state', ok: false, why: 'bound under M' }]),
    }),
  )
  expect(formatLogLine(entry)).toBe(
    '12:00:01 card.unbind u-1 …2121 D → 3003 no such agreement (bound under M)',
  )
})

test.each([
  [{}, 'card.unbind u-1 …2121 D → 0000 done'],
  [
    { scenario: 'code:0000:signed' },
    'card.unbind u-1 …2121 D → 0000, nothing done [code:0000:signed]',
  ],
  [
    { status: null, scenario: 'close-after' },
    'card.unbind u-1 …2121 D → connection closed after 0000 done [close-after]',
  ],
  [
    { status: null, ret_code: null, scenario: 'close-before' },
    'card.unbind u-1 …2121 D → connection closed [close-before]',
  ],
  [
    { status: 503, ret_code: null, scenario: 'status:503' },
    'card.unbind u-1 …2121 D → HTTP 503 [status:503]',
  ],
  [{ api: null, status: 404, ret_code: null, path: '/x', members: {} }, 'POST /x → HTTP 404'],
  [
    { method: 'GET', status: 405, ret_code: null, members: {} },
    'GET /bankcardunbind.htm → HTTP 405',
  ],
  [
    {
      status: 413,
      ret_code: null,
      members: {},
      reply: '{"error":{"code":"ERR_SANDBOX_TOO_LARGE","message":"The body is too large."}}',
    },
    'card.unbind → HTTP 413 The body is too large.',
  ],
  [
    { status: 503, ret_code: null, reply: '{"error":{"message":5}}', scenario: 'status:503' },
    'card.unbind u-1 …2121 D → HTTP 503 [status:503]',
  ],
  [
    { api: 'card.query-bin', members: { card_no: '6228480402564890018' } },
    'card.query-bin → 0000 done',
  ],
])('%j is logged as %s', (changes, line) => {
  expect(formatLogLine(new Journal(1).add(record(changes)))).toBe(`12:00:01 ${line}`)
})
