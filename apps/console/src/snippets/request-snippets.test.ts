import { execFileSync } from 'node:child_process'
import { runInNewContext } from 'node:vm'

import { expect, test } from 'vitest'

import { makeEntry } from '../model/make-entry.ts'
import { quoteScript, quoteShell } from './quote.ts'
import { methodOf, writeCommand, writeCurl, writeScript } from './request-snippets.ts'

const HOSTILE = [
  'plain',
  `it's "quoted" $HOME \`id\` \\ !`,
  'a\nb\tc',
  '<script>&amp;</script>',
  '${process.exit()}',
  '\u202Eabc\u200B',
  '\u001B[201~; echo pasted\r',
  '\u007F\u009B',
  '-rf',
  '',
]

test.each(HOSTILE)('a shell gives %j back', (text) => {
  const printed = execFileSync('sh', ['-c', `printf %s ${quoteShell(text)}`], { encoding: 'utf8' })
  expect(printed).toBe(text)
})

test.each([...HOSTILE, '\u2028', '\uD83D', '😀'])('a script gives %j back', (text) => {
  const source = quoteScript(text)
  expect(source).not.toMatch(/[\n\u2028\u202E\u200B]/)
  expect(runInNewContext(source)).toBe(text)
})

test.each([
  ['card.unbind', 'card.unbind'],
  ['card.apply-bind', 'card.applyBind'],
  ['card.query-bin', 'card.queryBin'],
])('the method of %s', (api, method) => {
  expect(methodOf(api)).toBe(method)
})

test('curl sends the members as they were received', () => {
  const members = { user_id: "o'brien", sign: 'AAAA' }
  const entry = makeEntry(1, { members, body: null })
  const text = writeCurl(entry, 'http://127.0.0.1:8090')
  const argv = execFileSync('sh', ['-c', text.replace(/^curl/, `printf '%s\\n'`)], {
    encoding: 'utf8',
  })
  expect(argv.split('\n')).toEqual([
    '-sS',
    '-H',
    'content-type: application/json;charset=utf-8',
    '--data-raw',
    JSON.stringify(entry.members),
    'http://127.0.0.1:8090/bankcardunbind.htm',
    '',
  ])
})

test('the command line has a flag for each parameter', () => {
  expect(writeCommand(makeEntry(1, { members: { user_id: '-x y', sign: 's' } }))).toBe(
    `llpay card unbind --user-id='-x y' --no-agree 2014031710002121 --pay-type D`,
  )
  expect(writeCommand(makeEntry(1, { api: null }))).toBeUndefined()
})

test('a shell gets no character that a terminal acts on, and none that nobody sees', () => {
  expect(quoteShell(`'\u001B[201~\u009B\u202E\r`)).not.toMatch(/[\p{Cc}\p{Cf}]/u)
})

test('members that are not parameters, and empty ones, are not in a call', () => {
  const members = { 'a; touch pasted;': '1', pat_type: 'D', platform: '', user_id: 'u-1' }
  const entry = makeEntry(1, { members })
  expect(writeCommand(entry)).toBe(
    'llpay card unbind --user-id u-1 --no-agree 2014031710002121 --pay-type D',
  )
  expect(writeScript(entry)).toContain(
    "client.card.unbind({ user_id: 'u-1', no_agree: '2014031710002121', pay_type: 'D' })",
  )
})

test.each([
  ['text that is not JSON', { body: 'hello' }, '--data-raw hello'],
  ['numbers', { body: '{"offset":20}' }, `--data-raw '{"offset":20}'`],
  ['another method', { method: 'GET', body: null }, '-X GET'],
  ['a path with brackets', { method: 'GET', path: '//[' }, 'curl -sS --globoff'],
  ['HEAD', { method: 'HEAD', body: null }, '--head'],
])('curl sends %s as it arrived', (_, draft, line) => {
  const text = writeCurl(makeEntry(1, draft), 'http://127.0.0.1:8090')
  expect(text).toContain(`${line} \\\n`)
  expect(text.includes('--data-raw')).toBe(line.startsWith('--data'))
})

test('TypeScript calls the method with the parameters', () => {
  expect(writeScript(makeEntry(1))).toContain(
    "client.card.unbind({ user_id: 'u-1', no_agree: '2014031710002121', pay_type: 'D' })",
  )
})
