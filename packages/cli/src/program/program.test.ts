import { runCli } from '@internal/testkit/cli'
import { expect, test } from 'vitest'

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

test('an unknown command of a group names those there are', async () => {
  expect(await refuse('key', 'zzz')).toMatch(/key new, key inspect, key convert, key match/)
  expect(await refuse('key', '--zzz')).toMatch(/key new, key inspect, key convert, key match/)
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
