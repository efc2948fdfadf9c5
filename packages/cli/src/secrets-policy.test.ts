import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { runCli, type CliRun } from '@internal/testkit/cli'
import { serve } from '@internal/testkit/local-server'
import { withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { afterAll, beforeAll, expect, test } from 'vitest'

// What each output may show, as SECURITY.md has it. A canary stands for each secret.

const merchant = vectorKey('k2048')
const gateway = vectorKey('k1024')

const SECRETS = {
  user_id: 'canary-customer',
  no_agree: 'canary-agreement',
  platform: 'canary-platform',
  'answer value': 'canary-answer',
  'sign of the request': '',
  'private key': merchant.pkcs8Base64.slice(200, 240),
} as const

type Secret = keyof typeof SECRETS

/** What the user asked to see; everything else is hidden, and keys are shown nowhere. */
const SHOWN: Readonly<Record<string, readonly Secret[]>> = {
  'dry run': ['user_id', 'no_agree', 'platform', 'sign of the request'],
  'dry run, --json': ['user_id', 'no_agree', 'platform', 'sign of the request'],
  success: [],
  'success, --json': [],
  'success, --verbose': [],
  refused: [],
  'refused, --json': [],
  'refused, --verbose': [],
  untrusted: [],
  'untrusted, --json': [],
  'unknown outcome': [],
  'unknown outcome, --json': [],
  'not delivered, --json': [],
  'wrong parameter, --json': [],
  'wrong flag, --json': [],
  'list of cards': ['answer value', 'user_id'],
  'list of cards, --json': ['answer value', 'user_id'],
}

const sealed = (members: Record<string, string>, unsigned: object = {}) =>
  JSON.stringify({ ...unsigned, ...withSign({ sign_type: 'RSA', ...members }, gateway.pkcs8Pem) })

const ANSWERS: Readonly<Record<string, string>> = {
  success: sealed({ ret_code: '0000', extra: SECRETS['answer value'] }),
  refused: `{"ret_code":"3003","user_id":"${SECRETS['answer value']}"}`,
  untrusted: `{"ret_code":"0000","user_id":"${SECRETS['answer value']}"}`,
  'unknown outcome': `{"ret_code":"9999","extra":"${SECRETS['answer value']}"}`,
  'list of cards': sealed(
    { ret_code: '0000', user_id: SECRETS.user_id, count: '1' },
    { agreement_list: [{ no_agree: SECRETS['answer value'] }] },
  ),
}

const PARAMS = ['--user-id', SECRETS.user_id, '--no-agree', SECRETS.no_agree, '--pay-type', 'D']
const UNBIND = ['unbind', ...PARAMS, '--platform', SECRETS.platform, '--settle', 'never']
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  'dry run': [...UNBIND, '--dry-run'],
  'wrong parameter': ['unbind', ...PARAMS, '--platform', `${SECRETS.platform}&`],
  'wrong flag': [...UNBIND, SECRETS.no_agree],
  'list of cards': ['card', 'list', '--user-id', SECRETS.user_id, '--pay-type', 'D'],
}

let folder = ''
let signature = ''
let environment: Record<string, string> = {}

/** Runs the command of an output against a gateway that gives its reply. */
async function produce(output: string): Promise<CliRun> {
  const [kind = '', flag] = output.split(', ')
  await using server = await serve((_, response) => response.end(ANSWERS[kind] ?? ''))
  const baseUrl = kind === 'not delivered' ? 'http://127.0.0.1:9' : server.url
  const args = [...(COMMANDS[kind] ?? UNBIND), '--base-url', baseUrl]
  return await runCli(flag === undefined ? args : [...args, flag], environment)
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-secrets-'))
  writeFileSync(join(folder, 'gateway.pem'), gateway.spkiPem)
  environment = {
    LLPAY_OID_PARTNER: '201304121000001004',
    LLPAY_PRIVATE_KEY: merchant.pkcs8Base64,
    LLPAY_GATEWAY_KEY_FILE: join(folder, 'gateway.pem'),
  }
  const { stdout } = await produce('dry run, --json')
  signature = JSON.parse(JSON.parse(stdout).body).sign
})

afterAll(() => rmSync(folder, { recursive: true }))

test.each(Object.keys(SHOWN))('%s shows what its row allows, and no more', async (output) => {
  const { stdout, stderr } = await produce(output)
  const text = stdout + stderr
  expect(text).not.toBe('')
  const secrets = { ...SECRETS, 'sign of the request': signature }
  const shown = Object.entries(secrets).flatMap(([name, canary]) =>
    text.includes(canary) ? [name] : [],
  )
  expect(shown.toSorted()).toEqual([...(SHOWN[output] ?? [])].toSorted())
})
