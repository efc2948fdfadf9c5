import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { runCli, startCli, type StartedCli } from '@internal/testkit/cli'
import { serve } from '@internal/testkit/local-server'
import { withSign } from '@internal/testkit/signing'
import { loadGatewayMessages, vectorKey } from '@internal/vectors'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder = ''
let sandbox: StartedCli
let listener: StartedCli
let environment: Record<string, string> = {}
let url = ''
let arrivals: AsyncIterator<string>

interface Started {
  readonly started: StartedCli
  readonly lines: AsyncIterator<string>
}

function start(args: readonly string[], env: Record<string, string> = {}): Started {
  const started = startCli([...args], env)
  if (started.child.stdout === null) throw new Error('no output')
  return { started, lines: createInterface(started.child.stdout)[Symbol.asyncIterator]() }
}

async function nextObject(lines: AsyncIterator<string>) {
  const { value } = await lines.next()
  return JSON.parse(String(value))
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-notification-'))
  const served = start(['sandbox', '--json', '--port', '0', '--keys', folder])
  sandbox = served.started
  environment = (await nextObject(served.lines)).sandbox.environment
  const listening = start(['notification', 'listen', '--port', '0', '--json'], environment)
  listener = listening.started
  arrivals = listening.lines
  url = (await nextObject(arrivals)).url
})

afterAll(async () => {
  for (const { child, ended } of [sandbox, listener]) {
    child.kill('SIGTERM')
    await ended
  }
  rmSync(folder, { recursive: true })
})

const send = (...args: string[]) => runCli(['notification', 'send', ...args], environment)

test('what the sandbox sends is printed and acknowledged, without card data', async () => {
  const sent = await send('bind', '--to', `${url}/bind`, '--set', 'no_order=B1', '--json')
  expect(sent.status).toBe(0)
  expect(JSON.parse(sent.stdout)).toMatchObject({
    ok: true,
    notification: {
      kind: 'bind',
      state: 'acknowledged',
      members: { no_order: 'B1', card_no: '[redacted]' },
    },
  })
  expect(await nextObject(arrivals)).toMatchObject({
    ok: true,
    kind: 'bind',
    isRepeat: false,
    members: { no_order: 'B1', card_no: '[redacted]' },
  })
})

test('a duplicate is printed as a repeat', async () => {
  await send('payment', '--to', `${url}/payment`, '--fault', 'duplicate')
  const both = [await nextObject(arrivals), await nextObject(arrivals)]
  const repeats = both.filter(({ isRepeat, ok }) => isRepeat === true && ok === true)
  expect(repeats.length).toBeLessThanOrEqual(1)
})

test('what is forged is refused on both sides', async () => {
  const sent = await send('payout', '--to', `${url}/payout`, '--fault', 'forged', '--once')
  expect(sent).toMatchObject({ status: 3, stderr: '' })
  expect(sent.stdout).toMatch(/^payout \S+ 49\.90 SUCCESS: not acknowledged$/m)
  expect(sent.stdout).toContain('Its ret_code is not 0000.')
  expect(await nextObject(arrivals)).toMatchObject({
    ok: false,
    kind: 'payout',
    error: { code: 'ERR_SIGNATURE_INVALID', reason: 'notification.mismatch' },
  })
})

test('in Chinese', async () => {
  const sent = await send('refund', '--to', `${url}/payment`, '--once', '--lang', 'zh')
  expect(sent.status).toBe(3)
  expect(sent.stdout).toMatch(/：未确认$/m)
  expect(sent.stdout).toContain('ret_code 不是 0000')
  expect(sent.stdout).not.toMatch(/[a-z]{3,} [a-z]{3,}/)
  await nextObject(arrivals)
})

test('what is not acknowledged is repeated, and that is said', async () => {
  const sent = await send('refund', '--to', `${url}/nothing`)
  expect(sent.status).toBe(3)
  expect(sent.stdout).toContain('HTTP 404')
  expect(sent.stderr).toContain('every two minutes')
})

test.each([
  ['<html>', 'The response is not JSON.', '响应不是 JSON。'],
  ['{}', 'The response has no ret_code, as text.', '响应中没有文本形式的 ret_code。'],
  ['{"ret_code":"9999"}', 'Its ret_code is not 0000.', 'ret_code 不是 0000。'],
])('why %s does not acknowledge is said in both languages', async (reply, en, zh) => {
  await using server = await serve((_, response) => response.end(reply))
  const args = ['bind', '--to', server.url, '--once']
  expect((await send(...args)).stdout).toContain(en)
  expect((await send(...args, '--lang', 'zh')).stdout).toContain(zh)
})

test('a server that is not there is exit 5', async () => {
  const sent = await send('payment', '--to', 'http://127.0.0.1:9/', '--once')
  expect(sent.status).toBe(5)
  expect(sent.stdout).toContain('no response')
})

test.each([
  [['refunds', '--to', 'http://127.0.0.1/'], 'KIND must be one of'],
  [['refund'], '--to'],
  [['refund', '--to', 'ftp://127.0.0.1/'], 'http:// or https://'],
  [['refund', '--to', 'http://127.0.0.1/', '--set', 'no_refund'], 'NAME=VALUE'],
  [['refund', '--to', 'http://127.0.0.1/', '--fault', 'x'], 'duplicate'],
])('%j is exit 2', async (args, words) => {
  const { status, stderr } = await send(...args)
  expect(status).toBe(2)
  expect(stderr.replaceAll(/\s+/g, ' ')).toContain(words)
})

test('listen names what is missing', async () => {
  const { status, stderr } = await runCli(['notification', 'listen'], { HOME: folder })
  expect(status).toBe(2)
  expect(stderr).toContain('The merchant number is missing.')
})

test('listen names a port that is taken', async () => {
  const { port } = new URL(url)
  const { status, stderr } = await runCli(['notification', 'listen', '--port', port], environment)
  expect(status).toBe(2)
  expect(stderr).toContain('EADDRINUSE')
})

test('listen ends when it is interrupted', async () => {
  const { started, lines } = start(['notification', 'listen', '--port', '0'], environment)
  await lines.next()
  started.child.kill('SIGINT')
  const [status] = await once(started.child, 'exit')
  expect(status).toBe(0)
})

const gateway = vectorKey('k1024')
const payment = {
  sign_type: 'RSA',
  oid_partner: '201304121000001004',
  no_order: 'P1',
  dt_order: '20240501093015',
  oid_paybill: '2024050100000001',
  money_order: '49.9',
  result_pay: 'SUCCESS',
  pay_type: 'D',
}

async function verify(body: string, ...args: string[]) {
  const key = join(folder, 'k1024.pem')
  writeFileSync(key, gateway.spkiPem)
  const run = (...more: string[]) => runCli(['verify', '--key', key, ...args, ...more], {}, body)
  const [json, chinese] = [await run('--json'), await run('--lang', 'zh')]
  return { status: json.status, json: JSON.parse(json.stdout), zh: chinese.stdout }
}

test('verify --notification checks kind, members and merchant behind the signature', async () => {
  const good = JSON.stringify(withSign(payment, gateway.pkcs8Pem))
  expect(await verify(good, '--notification', 'payment')).toMatchObject({
    status: 0,
    json: { ok: true, verified: true, notes: [] },
  })
  const wrong = await verify(good, '--notification', 'payout')
  expect(wrong).toMatchObject({
    status: 4,
    json: { ok: false, error: { code: 'ERR_REPLY_MISMATCH' } },
  })
  expect(wrong.zh).toContain('不是该路由所收的 payout 类通知')
  const forged = await verify(good.replace('49.9', '499'), '--notification', 'payment')
  expect(forged).toMatchObject({ status: 4, json: { error: { code: 'ERR_SIGNATURE_INVALID' } } })
})

test('verify --notification with LianLian’s own, of 2018', async () => {
  const { messages, gatewayPublicKey } = loadGatewayMessages()
  const real = messages.find(({ api }) => api === 'notification:payment')
  const key = join(folder, 'published.pem')
  writeFileSync(key, gatewayPublicKey)
  const run = (kind: string) =>
    runCli(['verify', '--key', key, '--notification', kind], {}, real?.body ?? '')
  expect((await run('payment')).stdout).toMatch(/^verified$/m)
  expect((await run('refund')).status).toBe(4)
})

test('verify refuses a kind that there is not, and --api beside it', async () => {
  expect((await verify('{"a":"1"}', '--notification', 'unbind')).status).toBe(2)
  const both = await verify('{"a":"1"}', '--notification', 'payment', '--api', 'card.list')
  expect(both).toMatchObject({ status: 2, json: { error: { code: 'ERR_CONFIG_USAGE' } } })
})

test.each(['notification', 'card', 'sandbox cards', 'key'])(
  'llpay %s lists its commands',
  async (words) => {
    const { status, stdout, stderr } = await runCli(words.split(' '))
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain(`${words} `)
    const json = await runCli([...words.split(' '), '--json'])
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: true,
      help: expect.stringContaining(words),
    })
  },
)

test.each([
  ['unbind --user-id 2.01E+15 --no-agree 1', '--user-id 是被表格缩写的数字'],
  ['sandbox play slow:-1', '场景 slow 的参数应为'],
  ['sandbox cards bind bad', '卡的写法是'],
  ['sandbox cards unbind nobody:1', '没有绑定这张卡'],
  ['notification send refund --to ftp://x', '--to 需要以 http:// 或 https:// 开头的网址'],
  ['notification send refund --to http://x --fault y', '--fault 只能是'],
])('in Chinese, %s says it in Chinese', async (line, words) => {
  const { status, stderr } = await runCli([...line.split(' '), '--lang', 'zh'], environment)
  expect(status).toBe(2)
  const said = stderr.replaceAll(/\s+/g, '')
  expect(said).toContain(words.replaceAll(' ', ''))
  expect(stderr).not.toMatch(/[a-z]{3,} [a-z]{3,} [a-z]{3,}/)
})
