import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

import { runCli } from '@internal/testkit/cli'
import { vectorKey } from '@internal/vectors'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const PARTNER = '201304121000001004'
/** Nothing is listening there. */
const NOWHERE = 'http://127.0.0.1:1'
const merchant = vectorKey('k2048')
let folder = ''
let environment: Record<string, string> = {}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-configuration-'))
  writeFileSync(join(folder, 'merchant.pem'), merchant.pkcs8Pem, { mode: 0o600 })
  writeFileSync(join(folder, 'gateway.pem'), vectorKey('k1024').spkiPem)
  environment = {
    LLPAY_OID_PARTNER: PARTNER,
    LLPAY_PRIVATE_KEY_FILE: join(folder, 'merchant.pem'),
    LLPAY_GATEWAY_KEY_FILE: join(folder, 'gateway.pem'),
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

const CARD = ['unbind', '--user-id', 'u', '--no-agree', 'n']

async function dry(variables: Record<string, string>, args: readonly string[] = CARD) {
  const run = await runCli([...args, '--dry-run', '--json'], { ...environment, ...variables })
  return { ...run, json: JSON.parse(run.stdout) }
}

describe('LLPAY_OID_PARTNER', () => {
  test.each([
    ['double quotes', `"${PARTNER}"`],
    ['single quotes', `'${PARTNER}'`],
    ['a carriage return', `${PARTNER}\r`],
    ['quotes and a carriage return', `"${PARTNER}"\r`],
    ['blanks', ` ${PARTNER} `],
  ])('is read without %s', async (_, value) => {
    const { status, json } = await dry({ LLPAY_OID_PARTNER: value })
    expect(status).toBe(0)
    expect(json).toMatchObject({ ok: true })
  })

  test.each([
    ['a lone quote', `"${PARTNER}`, /LLPAY_OID_PARTNER.*quotation mark/],
    ['a zero-width space', `${PARTNER}\u200B`, /LLPAY_OID_PARTNER.*U\+200B \(zero width space\)/],
    ['a lost digit', PARTNER.slice(1), /LLPAY_OID_PARTNER.*has 17 digits, expected 18/],
    ['a letter', `${PARTNER.slice(1)}O`, /LLPAY_OID_PARTNER.*a letter/],
  ])('with %s is named', async (_, value, words) => {
    const { status, json } = await dry({ LLPAY_OID_PARTNER: value })
    expect(status).toBe(2)
    expect(json.error.message).toMatch(words)
    expect(json.error.message).not.toContain(PARTNER.slice(2, 15))
  })
})

describe('LLPAY_PRIVATE_KEY_FILE', () => {
  test.each([
    ['~', '~/merchant.pem', /begins with ~/],
    ['$HOME', '$HOME/merchant.pem', /\$/],
    ['${HOME}', '${HOME}/merchant.pem', /\$/],
    ['double quotes', `"${homedir()}/merchant.pem"`, /quotes/],
    ['single quotes', "'merchant.pem'", /quotes/],
    ['a carriage return', 'merchant.pem\r', /carriage return/],
    ['a blank', ' merchant.pem', /blank/],
    ['a key', merchant.pkcs8Pem, /is a key/],
  ])('with %s is named', async (_, value, words) => {
    for (const name of ['LLPAY_PRIVATE_KEY_FILE', 'LLPAY_GATEWAY_KEY_FILE']) {
      const { status, stdout } = await runCli(
        ['unbind', '--user-id', 'u', '--no-agree', 'n', '--json'],
        { ...environment, [name]: value },
      )
      const { message } = JSON.parse(stdout).error
      expect(status).toBe(2)
      expect(message).toContain(name)
      expect(message).toMatch(words)
      expect(message).not.toContain(merchant.pkcs8Base64.slice(60, 90))
    }
  })
})

test('LLPAY_PRIVATE_KEY that is the name of a file is named as such, by every command', async () => {
  const variables = {
    LLPAY_OID_PARTNER: PARTNER,
    LLPAY_PRIVATE_KEY: '/run/secrets/private',
    LLPAY_GATEWAY_KEY_FILE: join(folder, 'gateway.pem'),
    LLPAY_BASE_URL: NOWHERE,
  }
  for (const args of [[...CARD, '--dry-run'], ['sign'], ['doctor']]) {
    const { stdout } = await runCli([...args, '--json'], variables, '{"a":"1"}')
    expect(stdout).toContain('name of a file')
    expect(stdout).toContain('LLPAY_PRIVATE_KEY_FILE')
  }
})

test('an empty user_id is required, and cannot be left out', async () => {
  const { status, json } = await dry({}, ['unbind', '--user-id', '', '--no-agree', 'n'])
  expect(status).toBe(2)
  expect(json.error.message).toContain('user_id is required and must not be empty')
  expect(json.error.message).not.toContain('leave it out')
})

test('a value that cannot be one is refused by the name of its flag, in both languages', async () => {
  const args = ['unbind', '--user-id', ' 1', '--no-agree', 'null']
  const { json } = await dry({}, args)
  expect(json.error.message).toMatch(/white space, .* \(--user-id\); no_agree .* \(--no-agree\)/)
  const chinese = await runCli([...args, '--lang', 'zh', '--dry-run'], environment)
  expect(chinese.stderr.replaceAll(/\n */g, '')).toMatch(/--user-id 首尾有空白.*；--no-agree 是/)
})

test('an empty platform can be left out', async () => {
  const { json } = await dry({}, [...CARD, '--platform', ''])
  expect(json.error.message).toContain('leave it out')
})

test.each([
  ['--user_id', '--user-id'],
  ['--no_agree', '--no-agree'],
  ['--pay_type', '--pay-type'],
])('%s means %s', async (flag, meant) => {
  const { json } = await dry({}, ['unbind', flag, 'x'])
  expect(json.error.message).toContain(`${flag} is unknown`)
  expect(json.error.hint).toContain(`Did you mean ${meant}?`)
})

test.each([
  ['d', /Did you mean D\?/],
  [' D', /Did you mean D\?/],
  ['Z', /Known are 2, 3, D/],
])('--pay-type %s is warned of', async (product, words) => {
  const run = await runCli([...CARD, '--pay-type', product, '--dry-run'], environment)
  expect(run.stderr.replaceAll(/\s+/g, ' ')).toMatch(words)
})

test('--pay-type D is not warned of', async () => {
  const run = await runCli([...CARD, '--pay-type', 'D', '--dry-run'], environment)
  expect(run.stderr).not.toContain('does not know')
})

test.each([
  ['escaped line ends', merchant.pkcs8Pem.replaceAll('\n', String.raw`\n`)],
  ['base64 on one line', merchant.pkcs8Base64],
])('doctor asks to convert no variable that holds %s', async (_, value) => {
  const variables = {
    LLPAY_OID_PARTNER: PARTNER,
    LLPAY_PRIVATE_KEY: value,
    LLPAY_BASE_URL: NOWHERE,
  }
  const { stdout } = await runCli(['doctor', '--json'], variables)
  expect(stdout).not.toContain('key convert')
})

test('sign names the member that is not text', async () => {
  const run = await runCli(['sign', '--json'], environment, '{"money":0.1}')
  expect(JSON.parse(run.stdout).error.message).toContain('money is not text')
})

test('key inspect reads base64 of base64', async () => {
  const file = join(folder, 'twice')
  writeFileSync(file, Buffer.from(merchant.pkcs8Pem).toString('base64'))
  const run = await runCli(['key', 'inspect', file, '--json'], environment)
  expect(JSON.parse(run.stdout)).toMatchObject({ ok: true, kind: 'private key', bits: 2048 })
})
