import { runCli, runInTerminal } from '@internal/testkit/cli'
import { loadReturnCodes } from '@internal/vectors'
import { expect, test } from 'vitest'

const CODES = loadReturnCodes().filter((row) => row['namespace'] === 'core')

async function ask(...words: string[]) {
  const text = await runCli(['code', ...words])
  const json = await runCli(['code', ...words, '--json'])
  expect(text.status).toBe(json.status)
  expect(json.stdout.trimEnd().split('\n')).toHaveLength(1)
  return { status: json.status, text: text.stdout, json: JSON.parse(json.stdout) }
}

/** The columns of a line on a terminal: full-width characters take two. */
const columnsOf = (line: string) => line.length + (line.match(/[\u2E80-\uFFEF]/g)?.length ?? 0)

const codesOf = ({ codes }: { codes: { code: string }[] }) => codes.map(({ code }) => code)

test('a code: its meaning, its class, what to do, whether to repeat', async () => {
  const { status, text, json } = await ask('3003')
  expect(status).toBe(0)
  expect(json.codes).toMatchObject([
    { code: '3003', zh: '签约信息不存在', class: 'refused', category: 'not-found' },
  ])
  expect(json.codes[0].apis).toMatchObject([{ api: 'card.unbind' }])
  expect(text).toMatch(/^3003 +签约信息不存在$/m)
  expect(text).toMatch(/pay_type/)
  expect(text).toMatch(/^retry +no/m)
})

test('a code after which only a query tells what happened', async () => {
  const { json } = await ask('9999')
  expect(json.codes).toMatchObject([{ class: 'unknown' }])
  expect(json.codes[0].retry.change).toMatch(/only after/)
  expect(json.codes[0].retry.query).toMatch(/^yes/)
})

test.each([
  ['Chinese', ['签约信息不存在'], '签约信息不存在', 'zh_message'],
  ['English', ['whitelist'], 'whitelist', 'description_en'],
])('finds codes by words in %s', async (_, words, part, column) => {
  const expected = CODES.filter((row) => row[column]?.includes(part)).map((row) => row['code'])
  const { status, json } = await ask(...words)
  expect(status).toBe(0)
  expect(expected).not.toHaveLength(0)
  expect(new Set(codesOf(json))).toEqual(new Set(expected))
})

test('all of them, every word of them in a pipe', async () => {
  const { text, json } = await ask()
  expect(json.codes).toHaveLength(CODES.length)
  const lines = text.trimEnd().split('\n')
  for (const row of CODES) {
    expect(lines.filter((line) => line.endsWith(String(row['description_en'])))).not.toEqual([])
  }
  expect(text).not.toContain('…')
})

test.each([80, 120])('all of them, in the %i columns of a terminal', async (columns) => {
  const run = await runInTerminal(['code'], {}, [], { columns })
  const lines = run.output.trimEnd().split(/\r?\n/)
  expect(lines.filter((line) => /^[0-9A-Z]{4} /.test(line))).toHaveLength(CODES.length)
  expect(lines.filter((line) => columnsOf(line) > columns)).toEqual([])
  expect(run.output).not.toContain('…')
  expect(run.output.replaceAll(/\s+/g, ' ')).toContain(
    'Too many wrong SMS codes; request a new one',
  )
})

test.each([
  ['4321', /outcome as unknown/],
  ['nonsense-canary', /no return code/i],
])('%s is exit 2', async (word, message) => {
  const { status, json } = await ask(word)
  expect(status).toBe(2)
  expect(json).toMatchObject({ ok: false, error: { code: 'ERR_CONFIG_INVALID' } })
  expect(json.error.message).toMatch(message)
  expect(json.error.message).not.toContain('canary')
})
