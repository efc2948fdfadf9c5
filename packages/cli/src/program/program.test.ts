import { runCli } from '@internal/testkit/cli'
import { expect, test } from 'vitest'

import { listEntries } from './entries.ts'

async function refuse(...args: string[]): Promise<string> {
  const text = await runCli(args)
  const json = await runCli([...args, '--json'])
  expect([text.status, json.status]).toEqual([2, 2])
  expect(text.stdout).toBe('')
  const { ok, error } = JSON.parse(json.stdout)
  expect({ ok, code: error.code }).toEqual({ ok: false, code: 'ERR_CONFIG_USAGE' })
  return `${error.message} ${error.hint}`
}

test.each([
  [['unbin'], 'llpay unbind?'],
  [['card', 'unbnid'], 'llpay card unbind?'],
  [['keyy'], 'llpay key?'],
  [['cdoe'], 'llpay code?'],
  [['hepl'], 'llpay help?'],
  [['unbind-many', 'cards.csv'], 'llpay card unbind-many?'],
  [['ensure-unbound', '--user-id', 'x'], 'llpay card ensure-unbound?'],
  [['card', 'bin'], 'llpay card query-bin?'],
  [['bin', '--card-no', 'x'], 'llpay card query-bin?'],
  [['inspect', 'merchant.pem'], 'llpay key inspect?'],
  [['unbind', '--user-di', 'x'], '--user-id'],
  [['crad', 'unbind'], 'llpay card unbind?'],
  [['sandbox', 'card'], 'llpay sandbox cards?'],
  [['sandbox', 'cards', 'lst'], 'llpay sandbox cards list?'],
  [['cards', 'bind', 'x'], 'llpay sandbox cards bind?'],
  [['list', '--all'], 'llpay card list or llpay sandbox cards list?'],
  [['card', 'unbnid', '--help'], 'llpay card unbind?'],
  [['help', 'sandbx'], 'llpay help sandbox?'],
  [['help', 'card', 'lst'], 'llpay help card list?'],
  [['help', 'sandbox', 'card'], 'llpay help sandbox cards?'],
])('%j was probably something else', async (args, meant) => {
  expect(await refuse(...args)).toContain(`mean ${meant}`)
})

test.each([[['refund']], [['6228480402564890018']]])('nothing is near %j', async (args) => {
  const message = await refuse(...args)
  expect(message).not.toContain('mean')
  expect(message).not.toContain('6228')
})

test('a group alone lists its commands', async () => {
  const { status, stdout, stderr } = await runCli(['key'])
  expect([status, stderr]).toEqual([0, ''])
  for (const words of ['key new', 'key inspect', 'key convert', 'key match']) {
    expect(stdout).toContain(words)
  }
})

test.each(['card', 'key', 'sandbox cards', 'notification'])(
  'the help of the group %s has at least two examples, in both languages',
  async (group) => {
    for (const language of ['en', 'zh']) {
      const { stdout } = await runCli([...group.split(' '), '--lang', language])
      expect(stdout.match(/^  # /gm)?.length).toBeGreaterThanOrEqual(2)
    }
  },
)

test('an unknown command of a group names those there are, once', async () => {
  expect(await refuse('key', 'zzz')).toBe(
    'llpay key has no such command. It has key new, key inspect, key convert, key match.',
  )
  expect(await refuse('key', '--zzz')).toBe(
    'llpay key needs a command. It has key new, key inspect, key convert, key match.',
  )
  const { stderr } = await runCli(['sandbox', 'cards', 'zzz', '--lang', 'zh'])
  expect(stderr).toBe(
    [
      '错误：llpay sandbox cards 没有这个命令。',
      '下一步：可用的有：sandbox cards list、sandbox cards bind、sandbox cards',
      '  unbind、sandbox cards import。',
      '代码：ERR_CONFIG_USAGE',
      '',
    ].join('\n'),
  )
})

test('help for a word that is neither a command nor a topic says so', async () => {
  expect(await refuse('help', 'zzz')).toBe(
    'There is no such command or topic. See llpay --help for all commands and topics.',
  )
  expect((await runCli(['help', 'zzz', '--lang', 'zh'])).stderr).toContain('没有这个命令或主题。')
})

test('a value in front of --help is not taken for a command', async () => {
  for (const args of [
    ['sandbox', '--port', '1'],
    ['unbind', '123'],
    ['sandbox', 'cards', 'list', 'x'],
  ]) {
    expect((await runCli([...args, '--help'])).status).toBe(0)
  }
})

test('scripts call what nobody is offered', async () => {
  expect(await refuse('complet')).not.toContain('llpay complete?')
})

test('a command alone prints the help, and ends with 0', async () => {
  const text = await runCli([])
  expect(text).toMatchObject({ status: 0, stderr: '' })
  expect(text.stdout).toMatch(/^Commands:$/m)
  expect(JSON.parse((await runCli(['--json'])).stdout)).toMatchObject({ ok: true })
})

test('a group has a usage line, and says how a command is explained', async () => {
  const { stdout } = await runCli(['sandbox', 'cards'])
  expect(stdout).toMatch(/^Usage: llpay sandbox cards COMMAND \[flags\]$/m)
  expect(stdout).toContain('llpay sandbox cards COMMAND --help explains a command.')
})

test('no example is broken inside quotes', async () => {
  for (const { words } of listEntries()) {
    const { stdout } = await runCli([...words.split(' '), '--help'])
    for (const line of stdout.split('\n').filter((each) => each.endsWith('\\'))) {
      expect((line.match(/'/g) ?? []).length % 2).toBe(0)
    }
  }
})

test.each([
  ['sign', ['LLPAY_PRIVATE_KEY ', 'LLPAY_PROFILE'], ['LLPAY_GATEWAY_KEY']],
  ['notification listen', ['LLPAY_GATEWAY_KEY '], ['LLPAY_PRIVATE_KEY', 'HTTPS_PROXY']],
])('the help of %s names the variables that it reads, and no others', async (words, has, not) => {
  const { stdout } = await runCli([...words.split(' '), '--help'])
  const [, environment = ''] = stdout.split('Environment (a flag wins):')
  for (const name of has) expect(environment).toContain(`  ${name}`)
  for (const name of not) expect(environment).not.toContain(`  ${name}`)
})
