import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { runCli } from '@internal/testkit/cli'
import { vectorKey } from '@internal/vectors'
import { afterAll, expect, test } from 'vitest'

import { chooseLanguage, inLanguage, type Text } from './output/language.ts'
import { widthOf } from './output/layout.ts'
import { isParagraph, type Block } from './program/command.ts'
import { listEntries } from './program/entries.ts'
import { COMMON_FLAGS } from './program/flags.ts'
import { findHelp } from './program/help.ts'
import { TOPICS } from './program/topics.ts'

const CHINESE = /\p{Script=Han}/u
/** A text that is the same in both languages holds names and commands, but no sentence. */
const SENTENCE = /[a-z]+ [a-z]+ [a-z]+/

const entries = listEntries()

/** Every text of a command that a person reads. */
async function textsOf(entry: (typeof entries)[number]): Promise<Block[]> {
  const { flags, args = [], notes = [], examples } = await entry.load()
  return [
    entry.summary,
    ...[...flags, ...COMMON_FLAGS, ...args].map(({ summary }) => summary),
    ...notes,
    ...examples.map(([what]) => what),
  ]
}

const textsWithin = (block: Block): Text[] =>
  isParagraph(block) ? [block] : block.map(([, text]) => text)

test.each(entries.map((entry) => [entry.words, entry] as const))(
  'llpay %s has every text in Chinese',
  async (_, entry) => {
    const texts = (await textsOf(entry)).flatMap(textsWithin)
    const sentences = texts.filter((text) => SENTENCE.test(inLanguage(text, 'en')))
    expect(sentences.filter((text) => !CHINESE.test(inLanguage(text, 'zh')))).toEqual([])
    expect(texts.filter((text) => CHINESE.test(inLanguage(text, 'en')))).toEqual([])
  },
)

test.each(entries.filter(({ hidden }) => hidden !== true).map(({ words }) => words))(
  'the help of llpay %s has two or three examples',
  async (words) => {
    const { examples } = (await entries.find((entry) => entry.words === words)?.load()) ?? {}
    expect(examples?.length).toBeGreaterThan(1)
    expect(examples?.length).toBeLessThan(4)
  },
)

test.each([80, 120])(
  'no line of help is wider than %i columns, in both languages',
  async (width) => {
    for (const language of ['en', 'zh'] as const) {
      const page = { say: (text: Text) => inLanguage(text, language), width, language }
      const pages = [
        ...entries.map(({ words }) => ({ words: words.split(' '), isTopic: false })),
        ...Object.keys(TOPICS).map((topic) => ({ words: [topic], isTopic: true })),
        { words: [], isTopic: false },
      ]
      for (const { words, isTopic } of pages) {
        const help = (await findHelp(entries, words, { output: page, isTopic })) ?? ''
        expect(help.split('\n').filter((line) => widthOf(line) > width)).toEqual([])
      }
    }
  },
)

test.each<[string, string[], Record<string, string>, string]>([
  ['no locale', [], {}, 'en'],
  ['LANG', [], { LANG: 'zh_CN.UTF-8' }, 'zh'],
  ['LC_MESSAGES before LANG', [], { LC_MESSAGES: 'C', LANG: 'zh_CN.UTF-8' }, 'en'],
  ['LC_ALL before both', [], { LC_ALL: 'zh_TW', LC_MESSAGES: 'C', LANG: 'C' }, 'zh'],
  ['an empty LC_ALL', [], { LC_ALL: '', LANG: 'zh' }, 'zh'],
  ['--lang before the locale', ['--lang', 'en'], { LANG: 'zh_CN.UTF-8' }, 'en'],
  ['--lang=zh', ['--lang=zh'], {}, 'zh'],
  ['a language that begins like Chinese', [], { LANG: 'zhx' }, 'en'],
])('the language: %s', (_, args, env, expected) => {
  expect(chooseLanguage(args, env)).toMatchObject({ language: expected, args: [] })
})

test('--lang stands anywhere, and what is behind -- is not a flag', () => {
  expect(chooseLanguage(['code', '--lang', 'zh', '3003'], {}).args).toEqual(['code', '3003'])
  expect(chooseLanguage(['code', '--', '--lang'], {}).args).toEqual(['code', '--', '--lang'])
})

test('an unknown language is refused, with one object', async () => {
  const run = await runCli(['code', '--lang', 'fr', '--json'])
  expect(run.status).toBe(2)
  expect(JSON.parse(run.stdout).error.message).toBe('--lang must be one of en, zh.')
})

test('an error is Chinese for a person and English in JSON', async () => {
  const args = ['unbind', '--user-id', '1', '--lang', 'zh']
  const text = await runCli(args)
  expect(text.status).toBe(2)
  expect(text.stderr).toMatch(/^错误：缺少 --no-agree。/)
  const json = await runCli([...args, '--json'])
  expect(json.stdout).not.toMatch(CHINESE)
})

test('an error of the SDK is Chinese as well', async () => {
  const run = await runCli(
    [
      'unbind',
      '--user-id',
      '1',
      '--no-agree',
      '2',
      '--base-url',
      'ftp://x',
      '--lang',
      'zh',
      '--dry-run',
    ],
    {
      LLPAY_OID_PARTNER: '201304121000001004',
      LLPAY_PRIVATE_KEY: vectorKey('k2048').pkcs8Pem,
    },
  )
  expect(run.status).toBe(2)
  expect(run.stderr).toMatch(/^错误：.*\p{Script=Han}/mu)
})

test('every missing flag is named at once, before anything else is complained about', async () => {
  const run = await runCli(['card', 'apply-bind', '--json', '--oid-partner', '1'])
  const { code, message } = JSON.parse(run.stdout).error
  expect(code).toBe('ERR_PARAMETER_INVALID')
  for (const flag of ['--user-id', '--pay-type', '--card-no', '--acct-name', '--id-no']) {
    expect(message).toContain(flag)
  }
})

test('a topic and a command of the same name are different pages', async () => {
  const [topic, page] = await Promise.all([
    runCli(['help', 'sandbox']),
    runCli(['sandbox', '--help']),
  ])
  expect(topic.stdout).toMatch(/^How to try everything/)
  expect(page.stdout).toMatch(/^Run a LianLian gateway/)
})

/** What a command says in Chinese when it is refused, on one line. */
async function refusal(args: readonly string[]): Promise<string> {
  const { status, stderr } = await runCli([...args, '--lang', 'zh'])
  expect(status).toBe(2)
  return stderr.replaceAll(/\n +/g, '')
}

const folder = mkdtempSync(join(tmpdir(), 'llpay-language-'))
const cards = join(folder, 'cards.csv')
writeFileSync(cards, 'user_id,no_agree\nu,2.01E+15\n')
const [key, gatewayKey] = [join(folder, 'merchant.pem'), join(folder, 'lianlian.pem')]
writeFileSync(key, vectorKey('k2048').pkcs8Pem, { mode: 0o600 })
writeFileSync(gatewayKey, vectorKey('k1024').spkiPem)
afterAll(() => rmSync(folder, { recursive: true }))

test.each<[string[], string]>([
  [['card', 'query-bin', '--card-no', '123'], '--card-no 不符合要求：完整银行卡号，只含数字'],
  [['card', 'unbind-many', cards, '--dry-run'], '在数据来源处更正'],
  [['sandbox', 'cards', 'bind', 'u:2.01E+15'], '卡无效：no_agree 是被表格缩写的数字'],
  [['sandbox', 'cards', 'import', cards], '第 2 行不是卡：no_agree 的值无效。'],
  [['sandbox', '--cards', cards], '--cards：第 2 行不是卡'],
  [['sandbox', '--scenario', 'nope'], '--scenario：没有'],
  [['sandbox', '--scenario', 'card.nope=slow'], '--scenario：没有该接口。'],
  [['sandbox', 'play', 'slow', '--api', 'card.nope'], '--api：没有该接口。'],
  [['sandbox', 'play', 'slow', '--next', '0'], '--next 需要从 1 开始的整数'],
  [['sandbox', 'play', 'slow', '--percent', '101'], '--percent 需要大于 0'],
  [['sandbox', '--oid-partner', '1'], '--oid-partner：商户号（oid_partner）有 1 位'],
])('%j is refused in Chinese, by the name of the flag', async (args, expected) => {
  const configured = [
    ...args,
    ...(args.includes('query-bin')
      ? ['--oid-partner', '201304121000001004', '--private-key', key, '--gateway-key', gatewayKey]
      : []),
  ]
  expect(await refusal(configured)).toContain(expected)
})

test('the lines of a file are refused in Chinese, too', async () => {
  const { stdout } = await runCli(['card', 'unbind-many', cards, '--dry-run', '--lang', 'zh'])
  expect(stdout).toContain('no_agree 是被表格缩写的数字（E+），其位数已丢失')
})

test('a base URL is refused in Chinese, and a profile is called 配置档', async () => {
  const environment = { XDG_CONFIG_HOME: folder }
  const args = ['--oid-partner', '201304121000001004', '--private-key', key]
  const call = ['unbind', '--user-id', 'u', '--no-agree', 'n', ...args, '--gateway-key', gatewayKey]
  expect(await refusal([...call, '--base-url', 'ftp://x'])).toContain('既不是 https 也不是 http')
  const init = ['init', ...args, '--gateway-key', gatewayKey, '--base-url', 'http://127.0.0.1:1']
  await runCli(init, environment)
  const { stdout } = await runCli(['doctor', '--lang', 'zh'], environment)
  expect(stdout).toContain('来自 配置档 default')
})
