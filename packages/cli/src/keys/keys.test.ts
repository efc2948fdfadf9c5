import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { runCli } from '@internal/testkit/cli'
import { loadPem } from '@internal/vectors'
import { afterAll, beforeAll, expect, test } from 'vitest'

const PASSPHRASE = 'canary-passphrase'
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-keys-test-'))
  const cipher = { cipher: 'aes-256-cbc', passphrase: PASSPHRASE } as const
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher })
  writeFileSync(join(folder, 'encrypted.pem'), pem, { mode: 0o600 })
  writeFileSync(join(folder, 'certificate.pem'), loadPem('rsa-certificate'))
})

afterAll(() => rmSync(folder, { recursive: true }))

const dryRun = (environment: Record<string, string>) =>
  runCli(
    [
      'unbind',
      '--user-id',
      'u',
      '--no-agree',
      'n',
      '--pay-type',
      'D',
      '--dry-run',
      '--json',
      '--oid-partner',
      '201304121000001004',
      '--private-key',
      join(folder, 'encrypted.pem'),
      '--gateway-key',
      join(folder, 'certificate.pem'),
    ],
    environment,
  )

test('an encrypted private key and a certificate are read', async () => {
  const run = await dryRun({ LLPAY_PRIVATE_KEY_PASSPHRASE: PASSPHRASE })
  expect(run.status).toBe(0)
  expect(JSON.parse(run.stdout)).toMatchObject({ ok: true, dryRun: true })
})

test.each([
  ['no passphrase', {}, 'ERR_KEY_UNSUPPORTED'],
  ['a wrong one', { LLPAY_PRIVATE_KEY_PASSPHRASE: 'canary-wrong' }, 'ERR_KEY_INVALID'],
])('%s is exit 2 and not repeated', async (_, environment, code) => {
  const run = await dryRun(environment)
  expect(run.status).toBe(2)
  expect(JSON.parse(run.stdout)).toMatchObject({ ok: false, error: { code } })
  expect(run.stdout + run.stderr).not.toContain('canary')
})
