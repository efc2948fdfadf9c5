import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { CLI_FILE, runCli, startCli, type CliRun } from '@internal/testkit/cli'
import { bodyOf, closedUrl, serve } from '@internal/testkit/local-server'
import { plainCanonical, withSign } from '@internal/testkit/signing'
import { loadSigningVectors, type VectorKey } from '@internal/vectors'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const { keys } = loadSigningVectors()

function key(id: string): VectorKey {
  const found = keys.find((candidate) => candidate.id === id)
  if (found === undefined) throw new Error(`no key ${id}`)
  return found
}

const merchant = key('k2048')
const gateway = key('k1024')
const stranger = key('k3072')

const CARD = ['--user-id', 'customer-canary', '--no-agree', '2014031710002121', '--pay-type', 'D']
const SUCCESS = { ret_code: '0000', ret_msg: '交易成功', sign_type: 'RSA' }

let folder = ''
let environment: Record<string, string> = {}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-cli-test-'))
  writeFileSync(join(folder, 'merchant.pem'), merchant.pkcs8Pem, { mode: 0o600 })
  writeFileSync(join(folder, 'gateway.pem'), gateway.spkiPem)
  environment = {
    LLPAY_OID_PARTNER: '201304121000001004',
    LLPAY_PRIVATE_KEY_FILE: join(folder, 'merchant.pem'),
    LLPAY_GATEWAY_KEY_FILE: join(folder, 'gateway.pem'),
  }
})

afterAll(() => rmSync(folder, { recursive: true }))

/** Runs an unbind against a gateway of a few lines that does not share our code. */
async function unbindAgainst(handler: RequestListener, ...flags: string[]): Promise<CliRun> {
  await using server = await serve(handler)
  const where = ['--base-url', server.url, '--settle', 'never']
  return await runCli(['unbind', ...CARD, ...where, ...flags], environment)
}

const answer =
  (body: string | Uint8Array, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(200, headers).end(body)

const sealed = (members: Record<string, string>, signer = gateway) =>
  JSON.stringify(withSign(members, signer.pkcs8Pem))

function only(run: CliRun): Record<string, unknown> {
  expect(run.stdout.endsWith('\n')).toBe(true)
  expect(run.stdout.trimEnd()).not.toContain('\n')
  return JSON.parse(run.stdout)
}

describe('exit status and JSON object by reply', () => {
  const cases: readonly (readonly [string, number, string, RequestListener])[] = [
    ['a signed success', 0, '', answer(sealed(SUCCESS))],
    ['a success with unknown members', 0, '', answer(sealed({ ...SUCCESS, correlationID: 'x' }))],
    ['a gzipped success', 0, '', answer(gzipSync(sealed(SUCCESS)), { 'content-encoding': 'gzip' })],
    [
      'a success of a strange type',
      0,
      '',
      answer(sealed(SUCCESS), { 'content-type': 'text/html' }),
    ],
    ['an unsigned success', 4, 'ERR_SIGNATURE_MISSING', answer(JSON.stringify(SUCCESS))],
    ['a forged success', 4, 'ERR_SIGNATURE_INVALID', answer(sealed(SUCCESS, stranger))],
    [
      'another sign_type',
      4,
      'ERR_SIGNATURE_WRONG_TYPE',
      answer(sealed({ ...SUCCESS, sign_type: 'MD5' })),
    ],
    ['ret_code as a number', 4, 'ERR_REPLY_INVALID', answer('{"ret_code":0}')],
    ['a list', 4, 'ERR_REPLY_INVALID', answer('[]')],
    [
      'a member twice',
      4,
      'ERR_REPLY_DUPLICATE_MEMBER',
      answer(sealed(SUCCESS).replace('{', '{"ret_code":"0000",')),
    ],
    ['another customer', 4, 'ERR_REPLY_MISMATCH', answer(sealed({ ...SUCCESS, user_id: 'x' }))],
    ['another endpoint', 4, 'ERR_REPLY_MISMATCH', answer(sealed({ ...SUCCESS, token: 'x' }))],
    ['too many bytes', 4, 'ERR_REPLY_TOO_LARGE', answer(' '.repeat(2_000_000))],
    ['an unsigned refusal', 3, 'ERR_REJECTED', answer('{"ret_code":"1001","ret_msg":"x"}')],
    ['a signed refusal', 3, 'ERR_REJECTED', answer(sealed({ ...SUCCESS, ret_code: '4000' }))],
    ['an unknown code', 6, 'ERR_OUTCOME_UNKNOWN', answer('{"ret_code":"QQ00"}')],
    ['a code to be queried', 6, 'ERR_OUTCOME_UNKNOWN', answer('{"ret_code":"9999"}')],
    ['half an answer', 6, 'ERR_OUTCOME_UNKNOWN', answer(sealed(SUCCESS).slice(0, 60))],
    ['HTML', 6, 'ERR_OUTCOME_UNKNOWN', answer('<html></html>')],
    ['nothing', 6, 'ERR_OUTCOME_UNKNOWN', answer('')],
    ['GBK', 6, 'ERR_OUTCOME_UNKNOWN', answer(Buffer.from('{"ret_msg":"\xbd\xbb"}', 'latin1'))],
    [
      'status 500 with a signed success',
      6,
      'ERR_OUTCOME_UNKNOWN',
      (_, response) => response.writeHead(500).end(sealed(SUCCESS)),
    ],
    [
      'a redirect',
      6,
      'ERR_OUTCOME_UNKNOWN',
      (_, response) => response.writeHead(302, { location: '/x' }).end(),
    ],
    ['a closed connection', 6, 'ERR_OUTCOME_UNKNOWN', (request) => request.socket.destroy()],
  ]

  test.each(cases)('%s: exit %i %s', async (_, status, code, handler) => {
    const run = await unbindAgainst(handler, '--json')
    const object = only(run)
    expect(run.status).toBe(status)
    expect(object).toMatchObject({ ok: status === 0, api: 'card.unbind' })
    const delivered = status === 3 ? 'yes' : 'unknown'
    const error: unknown = object['error'] ?? { code: '', delivered }
    expect(error).toMatchObject({ code, delivered })
    expect(run.stdout + run.stderr).not.toContain('customer-canary')
  })
})

test('the JSON object of a success', async () => {
  const run = await unbindAgainst(answer(sealed(SUCCESS)), '--json')
  expect(only(run)).toEqual({
    ok: true,
    api: 'card.unbind',
    outcome: 'unbound',
    evidence: 'signed-reply',
    ret_code: '0000',
    ret_msg: '交易成功',
    signature: 'verified',
    attempts: 1,
  })
  expect(run.stderr).toBe('')
})

test('the JSON object of a refusal and of an unknown outcome', async () => {
  const refused = await unbindAgainst(
    answer('{"ret_code":"3003","ret_msg":"\u202e没有"}'),
    '--json',
  )
  expect(only(refused)['error']).toEqual({
    name: 'RejectedError',
    code: 'ERR_REJECTED',
    reason: expect.any(String),
    message: expect.stringContaining('3003'),
    hint: expect.stringContaining('pay_type'),
    delivered: 'yes',
    returnCode: '3003',
    returnMessage: '\u202e没有',
    category: 'not-found',
    signature: 'absent',
  })
  expect(refused.stdout).toContain(String.raw`\u202e`)
  const unknown = await unbindAgainst(answer('{"ret_code":"9999","ret_msg":"x"}'), '--json')
  expect(only(unknown)['error']).toMatchObject({
    name: 'UnknownOutcomeError',
    attempts: 1,
    lastSeen: null,
    returnCode: '9999',
    category: 'system',
  })
})

test('what is sent verifies with node:crypto, and is what the dry run showed', async () => {
  let received = ''
  await using server = await serve((request, response) => {
    void bodyOf(request).then((body) => {
      received = body
      return response.end(sealed(SUCCESS))
    })
  })
  const flags = ['unbind', ...CARD, '--base-url', `${server.url}/prefix/`, '--settle', 'never']
  const dry = await runCli([...flags, '--dry-run', '--json'], environment)
  expect(server.requests()).toBe(0)
  expect(dry.stderr).toContain('never expires')
  const shown = only(dry)
  expect(shown).toMatchObject({ ok: true, dryRun: true, api: 'card.unbind', method: 'POST' })
  expect(shown['url']).toBe(`${server.url}/prefix/bankcardunbind.htm`)
  const { status } = await runCli(flags, environment)
  expect(status).toBe(0)
  expect(received).toBe(shown['body'])
  const members: Record<string, string> = JSON.parse(received)
  expect(shown['canonical']).toBe(plainCanonical(members))
  const { sign, ...rest } = members
  expect(sign).toBe(withSign(rest, merchant.pkcs8Pem)['sign'])
})

test('a refused connection is exit 5: nothing was sent', async () => {
  const run = await runCli(
    ['unbind', ...CARD, '--base-url', await closedUrl(), '--json'],
    environment,
  )
  expect(run.status).toBe(5)
  expect(only(run)['error']).toMatchObject({ code: 'ERR_TRANSPORT_CONNECT', delivered: 'no' })
})

test('--timeout covers a body that never ends', async () => {
  const run = await unbindAgainst(
    (_, response) => response.write(' '),
    '--timeout',
    '3000',
    '--json',
  )
  expect(run.status).toBe(6)
  expect(only(run)['error']).toMatchObject({ code: 'ERR_OUTCOME_UNKNOWN' })
})

test('an interrupt after sending is exit 6, and says that the outcome is unknown', async () => {
  const events = new EventEmitter()
  const arrived = once(events, 'request')
  await using server = await serve(() => events.emit('request'))
  const { child, ended } = startCli(
    ['unbind', ...CARD, '--base-url', server.url, '--settle', 'never', '--json'],
    environment,
  )
  await arrived
  child.kill('SIGINT')
  const run = await ended
  expect(run.status).toBe(6)
  expect(only(run)['error']).toMatchObject({ name: 'UnknownOutcomeError' })
})

test('a second interrupt ends at once with exit 6, and with one object', async () => {
  const events = new EventEmitter()
  const arrived = once(events, 'request')
  await using server = await serve(() => events.emit('request'))
  const { child, ended } = startCli(
    ['unbind', ...CARD, '--base-url', server.url, '--settle', 'never', '--json'],
    environment,
  )
  await arrived
  child.kill('SIGINT')
  child.kill('SIGTERM')
  const run = await ended
  expect(run.status).toBe(6)
  expect(only(run)).toMatchObject({ ok: false, error: { delivered: 'unknown' } })
})

test('an interrupt before anything was sent is exit 130', async () => {
  // A TLS handshake that is never completed: connected, but nothing of the request is sent.
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const connected = once(server, 'connection')
  const { child, ended } = startCli(
    ['unbind', ...CARD, '--base-url', `https://127.0.0.1:${port}`, '--json'],
    environment,
  )
  const [socket] = await connected
  child.kill('SIGINT')
  const run = await ended
  socket.destroy()
  server.close()
  expect(run.status).toBe(130)
  expect(only(run)['error']).toMatchObject({ code: 'ERR_TRANSPORT_ABORTED', delivered: 'no' })
})

test('text for people: the outcome on standard output, the talk on standard error', async () => {
  const done = await unbindAgainst(answer(sealed({ ...SUCCESS, ret_msg: 'a\u001b[31m\u202eb' })))
  expect(done.stdout.split('\n')[0]).toBe('unbound')
  expect(done.stdout).toContain(String.raw`a\u{1b}[31m\u{202e}b`)
  const refused = await unbindAgainst(answer('{"ret_code":"3003","ret_msg":"x"}'))
  expect(refused.stdout).toBe('')
  expect(refused.stderr).toContain('error: LianLian replied to card.unbind with 3003')
})

const dryRun = (
  env: Record<string, string>,
  flags: string[] = [],
  stdin: string | Uint8Array = '',
) =>
  runCli(
    ['unbind', ...CARD, '--dry-run', '--json', ...flags],
    { LLPAY_OID_PARTNER: '201304121000001004', ...env },
    stdin,
  )

describe('keys', () => {
  test.each([
    ['PKCS#8 PEM', merchant.pkcs8Pem],
    ['PKCS#1 PEM', merchant.pkcs1Pem],
    ['PKCS#8 on one line', merchant.pkcs8Base64],
    ['PKCS#1 on one line', merchant.pkcs1Base64],
    ['Windows line ends', merchant.pkcs8Pem.replaceAll('\n', '\r\n')],
    ['escaped newlines', merchant.pkcs8Pem.replaceAll('\n', String.raw`\n`)],
  ])('%s in the environment', async (_, text) => {
    const run = await dryRun({ LLPAY_PRIVATE_KEY: text })
    expect(run.status).toBe(0)
    const members: Record<string, string> = JSON.parse(String(only(run)['body']))
    expect(members).toEqual(withSign({ ...members, sign: '' }, merchant.pkcs8Pem))
  })

  test('DER and PEM from standard input', async () => {
    const der = Buffer.from(merchant.pkcs8Base64, 'base64')
    for (const stdin of [der, merchant.pkcs1Pem]) {
      expect((await dryRun({}, ['--private-key', '-'], stdin)).status).toBe(0)
    }
  })

  test.each([
    ['a public key', merchant.spkiPem, 'ERR_KEY_WRONG_KIND'],
    ['a damaged key', merchant.pkcs8Base64.slice(0, -8), 'ERR_KEY_INVALID'],
    ['an exponent of 3', key('k2048e3').pkcs8Pem, 'ERR_KEY_UNSUPPORTED'],
  ])('%s is refused', async (_, text, code) => {
    const run = await dryRun({ LLPAY_PRIVATE_KEY: text })
    expect(run.status).toBe(2)
    expect(only(run)['error']).toMatchObject({ name: 'KeyError', code, delivered: 'no' })
    expect(run.stdout).not.toContain(text.slice(100, 140))
  })

  test("the merchant's own public key as LianLian's is refused", async () => {
    const run = await dryRun({
      LLPAY_PRIVATE_KEY: merchant.pkcs8Pem,
      LLPAY_GATEWAY_KEY: merchant.spkiPem,
    })
    expect(only(run)['error']).toMatchObject({ code: 'ERR_KEY_MISMATCH' })
  })
})

describe('usage', () => {
  const cases: readonly (readonly [string, string[], Record<string, string>, string])[] = [
    ['an unknown flag', ['unbind', ...CARD, '--nope'], {}, 'ERR_CONFIG_USAGE'],
    ['an argument too many', ['unbind', ...CARD, '6222020000000000'], {}, 'ERR_CONFIG_USAGE'],
    ['a flag without value', ['unbind', '--user-id'], {}, 'ERR_CONFIG_USAGE'],
    ['a switch with a value', ['unbind', ...CARD, '--dry-run=x'], {}, 'ERR_CONFIG_USAGE'],
    ['a flag given twice', ['unbind', ...CARD, '--user-id', 'b'], {}, 'ERR_CONFIG_USAGE'],
    ['a parameter that is missing', ['unbind', '--user-id', 'a'], {}, 'ERR_PARAMETER_INVALID'],
    ['an unknown command', ['card', 'explode'], {}, 'ERR_CONFIG_USAGE'],
    ['both of a pair', ['unbind', ...CARD], { LLPAY_PRIVATE_KEY: 'x' }, 'ERR_CONFIG_CONFLICT'],
    [
      'standard input twice',
      ['unbind', ...CARD, '--private-key', '-', '--gateway-key', '-'],
      {},
      'ERR_CONFIG_CONFLICT',
    ],
    [
      'a key in place of a file',
      ['unbind', ...CARD, '--private-key', 'MIICdQIBADANBgkq'],
      {},
      'ERR_CONFIG_INVALID',
    ],
    ['a timeout that is none', ['unbind', ...CARD, '--timeout', '0'], {}, 'ERR_CONFIG_INVALID'],
    ['a settlement that is none', ['unbind', ...CARD, '--settle', 'x'], {}, 'ERR_CONFIG_INVALID'],
    [
      'a merchant number that is none',
      ['unbind', ...CARD, '--oid-partner', '1'],
      {},
      'ERR_CONFIG_INVALID',
    ],
    [
      'plain http elsewhere',
      ['unbind', ...CARD, '--base-url', 'http://example.com'],
      {},
      'ERR_CONFIG_INSECURE',
    ],
    [
      'credentials in the URL',
      ['unbind', ...CARD, '--base-url', 'http://127.0.0.1@example.com'],
      {},
      'ERR_CONFIG',
    ],
    [
      'TLS checks switched off',
      ['unbind', ...CARD],
      { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      'ERR_CONFIG_INSECURE',
    ],
    [
      'a parameter of the wrong form',
      ['unbind', ...CARD, '--platform', 'a&b'],
      {},
      'ERR_PARAMETER_INVALID',
    ],
    ['an empty parameter', ['unbind', ...CARD, '--platform', ''], {}, 'ERR_PARAMETER_INVALID'],
  ]

  test.each(cases)('%s: exit 2, one JSON object, no value repeated', async (_, args, env, code) => {
    const run = await runCli([...args, '--json'], { ...environment, ...env })
    expect(run.status).toBe(2)
    expect(only(run)).toMatchObject({ ok: false, error: { delivered: 'no' } })
    expect(JSON.stringify(only(run)['error'])).toContain(code)
    expect(run.stdout + run.stderr).not.toMatch(
      /customer-canary|6222020000000000|MIICdQIBADANBgkq|a&b/,
    )
  })

  test('a warning says what an omitted --pay-type means', async () => {
    const run = await runCli(
      ['card', 'unbind', '--user-id', 'u', '--no-agree', 'n', '--dry-run'],
      environment,
    )
    expect(run.status).toBe(0)
    expect(run.stderr).toMatch(/--pay-type is omitted.*"2"/s)
  })

  test('help and version, with and without --json', async () => {
    const version = await runCli(['--version'])
    expect(version.stdout).toMatch(/^[0-9]+\.[0-9]+\.[0-9]+\n$/)
    expect(only(await runCli(['--version', '--json']))).toEqual({
      ok: true,
      version: version.stdout.trim(),
    })
    for (const args of [['--help'], ['help'], ['-h']]) {
      const help = await runCli(args)
      expect(help).toMatchObject({ status: 0, stderr: '' })
      expect(help.stdout).toContain('card unbind')
    }
    const help = await runCli(['unbind', '--help'])
    expect(help.stdout).toMatch(/--pay-type PAY_TYPE +The product/)
    expect(Math.max(...help.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(only(await runCli(['help', 'card', 'unbind', '--json']))).toMatchObject({ ok: true })
  })

  test('a reader that closes the pipe changes nothing about the exit status', async () => {
    const child = spawn(process.execPath, [CLI_FILE, '--help'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    child.stdout.destroy()
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})
