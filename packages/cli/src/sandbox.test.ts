import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { runCli, startCli, type StartedCli } from '@internal/vectors'
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
  const started = startCli(['sandbox', '--json', ...flags])
  running.push(started)
  const { stdout } = started.child
  if (stdout === null) throw new Error('no output')
  const [line] = await once(createInterface(stdout), 'line')
  const { sandbox } = JSON.parse(String(line))
  return { ...started, ...sandbox }
}

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
  const { environment } = await startSandbox()
  expect((await unbind(environment, '--pay-type', '3')).status).toBe(3)
  expect((await unbind(environment)).status).toBe(3)
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
  const { environment } = await startSandbox()
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
  ['slow:3000', 6, 'ERR_OUTCOME_UNKNOWN'],
  ['code:9999', 6, 'ERR_OUTCOME_UNKNOWN'],
  ['code:4000:signed', 3, 'ERR_REJECTED'],
  ['status:503', 6, 'ERR_OUTCOME_UNKNOWN'],
  ['html', 6, 'ERR_OUTCOME_UNKNOWN'],
  ['truncated', 6, 'ERR_OUTCOME_UNKNOWN'],
])('the scenario %s ends the command line with %i', async (scenario, status, code) => {
  const { environment } = await startSandbox('--scenario', scenario)
  const run = await unbind(environment, '--pay-type', 'D', '--timeout', '1000')
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
    const { url } = await startSandbox()
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
    const { url } = await startSandbox()
    const run = await runCli(['sandbox', '--port', new URL(url).port])
    expect(run.status).toBe(2)
    expect(run.stderr.replaceAll(/\s+/g, ' ')).toContain('the port is in use')
  })
})
