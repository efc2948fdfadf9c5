import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { scenarioNames, SCENARIOS } from '../index.ts'
import { type RequestRecord, Journal } from '../journal/journal.ts'
import { formatLogLineInChinese, sandboxInChinese, scenarioInChinese } from './index.ts'

const CHINESE = /\p{Script=Han}/u

const record = (changes: Partial<RequestRecord> = {}): RequestRecord => ({
  at: new Date(2026, 10, 26, 12, 0, 1).getTime(),
  api: 'card.unbind',
  method: 'POST',
  path: '/bankcardunbind.htm',
  status: 200,
  body: null,
  durationMs: 1,
  scenario: 'normal',
  members: { user_id: 'u-1', no_agree: '2014031710002121', pay_type: 'D' },
  checks: [],
  ret_code: '0000',
  reply: null,
  canonical: null,
  signed: null,
  ...changes,
})

const refused = (ret_code: string, why: string) => ({
  ret_code,
  checks: [{ name: 'state', ok: false, why }] as const,
})

test.each([
  [{}, 'card.unbind u-1 …2121 D → 0000 成功'],
  [refused('3003', 'bound under M'), 'card.unbind u-1 …2121 D → 3003 没有该协议（绑定在 M 下）'],
  [{ scenario: 'code:0000:signed' }, 'card.unbind u-1 …2121 D → 0000，未执行 [code:0000:signed]'],
  [
    { status: null, scenario: 'close-after' },
    'card.unbind u-1 …2121 D → 0000 成功；连接断开 [close-after]',
  ],
  [
    { status: 502, scenario: 'status-after:502' },
    'card.unbind u-1 …2121 D → 0000 成功；HTTP 502 [status-after:502]',
  ],
  [
    {
      status: 413,
      members: {},
      ret_code: null,
      reply: '{"error":{"message":"LianLian takes POST only."}}',
    },
    'card.unbind → HTTP 413 连连支付只接受 POST',
  ],
])('%j is logged as %s', (changes, line) => {
  expect(formatLogLineInChinese(new Journal(1).add(record(changes)))).toBe(`12:00:01 ${line}`)
})

test.each(scenarioNames())('the scenario %s has a Chinese text', (name) => {
  expect(scenarioInChinese(name, SCENARIOS[name].summary)).toMatch(CHINESE)
})

/** The texts of the gateway's files that end as why a check failed. */
const whys = ['check-signature', 'check-request', 'behaviours', 'read-message'].flatMap((file) => {
  const source = readFileSync(new URL(`../gateway/${file}.ts`, import.meta.url), 'utf8')
  const literals = source.matchAll(
    /(?:why: |why \w+ |\? |: |return |refuse\('\w+', |\[|fail\()(['"])([a-z][^'"]* [^'"]+)\1/g,
  )
  return Array.from(literals, ([, , text = '']) => text)
})

test.each(whys)('%s', (why) => {
  expect([sandboxInChinese(why), sandboxInChinese(`user_id ${why}`)].join('')).toMatch(CHINESE)
})

test('what is unknown stays as it is', () => {
  expect(sandboxInChinese('something new')).toBe('something new')
})
