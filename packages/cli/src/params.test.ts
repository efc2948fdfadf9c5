import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { runCli } from '@internal/testkit/cli'
import { bodyOf, serve } from '@internal/testkit/local-server'
import { plainCanonical, withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const merchant = vectorKey('k2048')
const gateway = vectorKey('k1024')
const APPLICATION = {
  user_id: '1234567',
  pay_type: 'D',
  card_no: '6228480402564890018',
  acct_name: '张三',
  bind_mob: '13800000000',
  id_type: '0',
  id_no: '330101199001010000',
  risk_item: { frms_ware_category: '2009' },
}
const TOKEN = '6C1F2AD0D2F14E0E8F0C1B7A3E5D9F42'

let folder = ''
let environment: Record<string, string> = {}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-params-test-'))
  writeFileSync(join(folder, 'merchant.pem'), merchant.pkcs8Pem, { mode: 0o600 })
  writeFileSync(join(folder, 'gateway.pem'), gateway.spkiPem)
  writeFileSync(join(folder, 'application.json'), JSON.stringify(APPLICATION))
  environment = {
    LLPAY_OID_PARTNER: '201304121000001004',
    LLPAY_PRIVATE_KEY_FILE: join(folder, 'merchant.pem'),
    LLPAY_GATEWAY_KEY_FILE: join(folder, 'gateway.pem'),
  }
})

afterAll(() => rmSync(folder, { recursive: true }))

const application = () => ['--params', join(folder, 'application.json')]

const dry = (args: readonly string[], stdin = '') =>
  runCli(['card', 'query-bin', '--dry-run', '--json', ...args], environment, stdin)

describe('card apply-bind', () => {
  test('takes parameters from a file, sends risk_item as text, and prints the token', async () => {
    let body: Record<string, string> = {}
    await using server = await serve(async (request, response) => {
      body = JSON.parse(await bodyOf(request))
      const members = {
        ret_code: '0000',
        ret_msg: '交易成功',
        sign_type: 'RSA',
        user_id: '1234567',
        token: TOKEN,
      }
      response.end(JSON.stringify(withSign(members, gateway.pkcs8Pem)))
    })
    const run = await runCli(
      ['card', 'apply-bind', ...application(), '--base-url', server.url, '--json'],
      environment,
    )
    expect(JSON.parse(run.stdout)).toMatchObject({
      ok: true,
      api: 'card.apply-bind',
      fields: { token: TOKEN },
      signature: 'verified',
    })
    expect(run.status).toBe(0)
    const risk_item = JSON.stringify(APPLICATION.risk_item)
    expect(body).toMatchObject({ ...APPLICATION, risk_item, api_version: '2.1' })
    const { sign: _, ...signed } = body
    expect(body).toEqual(withSign(signed, merchant.pkcs8Pem))
    expect(plainCanonical(signed)).toContain(`&risk_item=${risk_item}&`)
  })
})

describe('--params', () => {
  test('a file that cannot be read: the hint is about parameters, not about keys', async () => {
    const { error } = JSON.parse((await dry(['--params', '{"a":"b"}'])).stdout)
    expect(error).toMatchObject({ reason: 'config.file-unreadable' })
    expect(error.hint).toContain('never the JSON itself')
    const zh = await runCli(['card', 'query-bin', '--params', 'none.json', '--lang', 'zh'])
    expect(zh.stderr).toContain('不要直接给出 JSON')
    expect(zh.stderr).not.toContain('密钥')
  })

  test('reads standard input', async () => {
    const run = await dry(['--params', '-'], '\uFEFF{ "card_no": "6228480402564890018" }\r\n')
    expect(run.status).toBe(0)
    expect(JSON.parse(run.stdout)).toMatchObject({
      canonical: 'card_no=6228480402564890018&oid_partner=201304121000001004&sign_type=RSA',
    })
  })

  test.each([
    ['a flag and the file say the same', '{"card_no":"6228480402564890018"}', 'is given by'],
    ['the file is not JSON', 'nonsense', '--params takes a JSON object'],
    ['the file is an array', '[]', '--params takes a JSON object'],
    ['a member is there twice', '{"card_no":"1","card_no":"2"}', '--params takes a JSON object'],
  ])('is refused where %s', async (_, stdin, message) => {
    const run = await dry(['--params', '-', '--card-no', '6228480402564890018'], stdin)
    expect(run.status).toBe(2)
    expect(run.stdout).toContain(message)
    expect(run.stdout).not.toContain('6228480402564890018')
  })

  test.each([
    ['a number', '{"card_no":6228480402564890018}', 'card_no must be text'],
    [
      'an unknown member',
      '{"card_no":"6228480402564890018","flag":"1"}',
      'flag is not a parameter',
    ],
  ])('refuses %s', async (_, stdin, message) => {
    const run = await dry(['--params', '-'], stdin)
    expect(run.status).toBe(2)
    expect(run.stdout).toContain(message)
  })

  test('and a key cannot both read standard input', async () => {
    const run = await dry(['--params', '-', '--private-key', '-'])
    expect(run.status).toBe(2)
    expect(run.stdout).toContain('--private-key and --params both read standard input')
  })
})
