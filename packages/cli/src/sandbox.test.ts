import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { runCli, startCli, type StartedCli } from '@internal/testkit/cli'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

interface Started extends StartedCli {
  readonly url: string
  readonly environment: Record<string, string>
}

let folder = ''
const running: StartedCli[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-sandbox-test-'))
})

afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGTERM')
    await ended
  }
})

afterAll(() => rmSync(folder, { recursive: true }))

async function startSandbox(...flags: string[]): Promise<Started> {
  const started = startCli(['sandbox', '--json', '--port', '0', ...flags])
  running.push(started)
  const { stdout } = started.child
  if (stdout === null) throw new Error('no output')
  const [line] = await once(createInterface(stdout), 'line')
  const { sandbox } = JSON.parse(String(line))
  return { ...started, ...sandbox }
}

/** Starts it with keys that the tests share: to make a pair takes longer than all else. */
const startWithKeys = (...flags: string[]) =>
  startSandbox('--keys', join(folder, 'shared'), ...flags)

const unbind = (env: Record<string, string>, ...flags: string[]) =>
  runCli(
    ['unbind', '--user-id', '1234567', '--no-agree', '2014031710002121', '--json', ...flags],
    env,
  )

test('unbinds its card once, and keeps its keys to their owner', async () => {
  const keys = join(folder, 'keys')
  const { environment } = await startSandbox('--keys', keys)
  for (const name of ['merchant-private', 'gateway-private', 'merchant-public']) {
    expect(statSync(join(keys, `${name}.pem`)).mode & 0o777).toBe(0o600)
  }
  expect((await unbind(environment, '--pay-type', 'D')).status).toBe(0)
  expect((await unbind(environment, '--pay-type', 'D')).status).toBe(3)
})

test('a wrong or omitted pay_type is refused, and the card stays', async () => {
  const { environment } = await startWithKeys()
  const wrong = await unbind(environment, '--pay-type', '3')
  expect(wrong.status).toBe(3)
  expect(JSON.parse(wrong.stdout).error).toMatchObject({
    code: 'ERR_AGREEMENT_ELSEWHERE',
    payType: 'D',
    delivered: 'no',
  })
  expect((await unbind(environment, '--settle', 'never')).status).toBe(3)
  expect((await unbind(environment, '--pay-type', 'D')).status).toBe(0)
})

test('keeps the keys in the folder from run to run, and removes those of one run', async () => {
  const keys = join(folder, 'kept')
  const first = await startSandbox('--keys', keys)
  const file = first.environment['LLPAY_PRIVATE_KEY_FILE'] ?? ''
  const text = readFileSync(file, 'utf8')
  first.child.kill('SIGTERM')
  await first.ended
  const second = await startSandbox('--keys', keys)
  expect(readFileSync(second.environment['LLPAY_PRIVATE_KEY_FILE'] ?? '', 'utf8')).toBe(text)
  const passing = await startSandbox()
  passing.child.kill('SIGINT')
  expect((await passing.ended).status).toBe(0)
  expect(() => statSync(passing.environment['LLPAY_PRIVATE_KEY_FILE'] ?? '')).toThrow('ENOENT')
})

test('its keys are refused where the call would go to LianLian itself', async () => {
  const { environment } = await startWithKeys()
  for (const LLPAY_BASE_URL of ['', 'https://traderapi.lianlianpay.com']) {
    const run = await unbind({ ...environment, LLPAY_BASE_URL }, '--pay-type', 'D', '--dry-run')
    expect(run.status).toBe(2)
    expect(run.stdout).toContain('ERR_CONFIG_SANDBOX_KEY')
  }
})

test.each([
  ['close-before', 6, 'ERR_OUTCOME_UNKNOWN'],
  ['close-after', 6, 'ERR_OUTCOME_UNKNOWN'],
  ['tampered', 4, 'ERR_SIGNATURE_INVALID'],
  ['unsigned', 4, 'ERR_SIGNATURE_MISSING'],
  ['wrong-key', 4, 'ERR_SIGNATURE_INVALID'],
  ['duplicate', 4, 'ERR_REPLY_DUPLICATE_MEMBER'],
  ['slow:60000', 6, 'ERR_OUTCOME_UNKNOWN'],
  ['code:9999', 6, 'ERR_OUTCOME_UNKNOWN'],
  ['code:4000:signed', 3, 'ERR_REJECTED'],
  ['status:503', 6, 'ERR_OUTCOME_UNKNOWN'],
  ['html', 6, 'ERR_OUTCOME_UNKNOWN'],
  ['truncated', 6, 'ERR_OUTCOME_UNKNOWN'],
])('the scenario %s ends the command line with %i', async (scenario, status, code) => {
  const { environment } = await startWithKeys('--scenario', scenario)
  const flags = ['--pay-type', 'D', '--timeout', '3000', '--settle', 'never']
  const run = await unbind(environment, ...flags)
  expect(run.status).toBe(status)
  expect(run.stdout).toContain(code)
})

const post = (url: string, headers: Record<string, string>) =>
  new Promise<number | undefined>((resolve, reject) => {
    request(`${url}/bankcardunbind.htm`, { method: 'POST', headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end('{}')
  })

describe('what a web page could send', () => {
  test('is refused: another Host, and any Origin', async () => {
    const { url } = await startWithKeys()
    expect(await post(url, {})).toBe(200)
    expect(await post(url, { host: 'evil.example' })).toBe(403)
    expect(await post(url, { origin: url })).toBe(403)
  })
})

describe('usage', () => {
  test.each([
    ['an unknown scenario', ['--scenario', 'nope']],
    ['a card that is none', ['--card', 'x']],
    ['a port that is none', ['--port', '99999']],
    ['an address that is not ours', ['--listen', '192.0.2.1']],
  ])('%s is exit 2', async (_, flags) => {
    const run = await runCli(['sandbox', '--json', ...flags])
    expect(run.status).toBe(2)
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: false, api: null })
  })

  test('a port that is in use is exit 2', async () => {
    const { url } = await startWithKeys()
    const run = await runCli(['sandbox', '--port', new URL(url).port])
    expect(run.status).toBe(2)
    expect(run.stderr.replaceAll(/\s+/g, ' ')).toContain('the port is in use')
  })
})

const settle = async (scenario: string, ...flags: string[]) => {
  const { environment } = await startWithKeys('--scenario', `card.unbind=${scenario}`)
  const run = await unbind(environment, '--pay-type', 'D', ...flags)
  const object = JSON.parse(run.stdout)
  return { status: run.status, object }
}

describe('settlement', () => {
  test('a reply that was lost is found again in the list', async () => {
    const { status, object } = await settle('close-after')
    expect(status).toBe(0)
    expect(object).toEqual({
      ok: true,
      api: 'card.unbind',
      outcome: 'unbound',
      evidence: 'unsigned-query',
      ret_code: '8901',
      ret_msg: '没有记录',
      signature: 'absent',
      attempts: 1,
    })
  })

  test('with auto, what was never seen in the list stays unknown', async () => {
    const { status, object } = await settle('close-after', '--settle', 'auto')
    expect(status).toBe(6)
    expect(object.error).toMatchObject({ lastSeen: 'not-listed', attempts: 1 })
  })

  test('a request that is lost each time ends unknown, with the card listed', async () => {
    const { status, object } = await settle('close-before', '--timeout', '60000')
    expect(status).toBe(6)
    expect(object.error).toMatchObject({ code: 'ERR_OUTCOME_UNKNOWN', lastSeen: 'listed' })
  })

  test('a forged reply is not settled', async () => {
    const { status, object } = await settle('wrong-key')
    expect(status).toBe(4)
    expect(object.error).toMatchObject({ code: 'ERR_SIGNATURE_INVALID' })
  })
})

test('card list shows the bound cards of a product', async () => {
  const { environment } = await startWithKeys(
    '--card',
    'a:1111:D',
    '--card',
    'a:2222:D',
    '--card',
    'a:3:2',
  )
  const list = ['card', 'list', '--user-id', 'a', '--pay-type', 'D']
  const run = await runCli(list, environment)
  expect(run.status).toBe(0)
  expect(run.stdout.split('\n').slice(-4, -1)).toEqual([
    'no_agree  card_no  card_type  bank_code  bank_name     bind_mobile',
    '2222      2222     2          01020000   中国工商银行  138****0000',
    '1111      1111     2          01020000   中国工商银行  138****0000',
  ])
  const object = JSON.parse((await runCli([...list, '--json'], environment)).stdout)
  expect(object).toMatchObject({
    ok: true,
    api: 'card.list',
    signature: 'verified',
    unsignedFields: ['agreement_list'],
    fields: { count: '2', agreement_list: [{ no_agree: '2222' }, { no_agree: '1111' }] },
  })
})
