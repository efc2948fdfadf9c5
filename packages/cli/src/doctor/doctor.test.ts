import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { runCli } from '@internal/testkit/cli'
import { closedUrl, listenLocally, serve } from '@internal/testkit/local-server'
import { withSign } from '@internal/testkit/signing'
import { loadPem, vectorKey } from '@internal/vectors'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const merchant = vectorKey('k2048')
const gateway = vectorKey('k1024')
const CA = fileURLToPath(new URL('../../../../internal/vectors/data/tls/ca.pem', import.meta.url))

let folder = ''
let environment: Record<string, string> = {}
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')
const put = (name: string, text: string | Uint8Array, mode = 0o600) => {
  const file = join(folder, name)
  writeFileSync(file, text)
  chmodSync(file, mode)
  return file
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-doctor-'))
  environment = {
    XDG_CONFIG_HOME: folder,
    LLPAY_OID_PARTNER: '201304121000001004',
    LLPAY_PRIVATE_KEY_FILE: put('merchant.pem', merchant.pkcs8Pem),
    LLPAY_GATEWAY_KEY_FILE: put('gateway.pem', gateway.spkiPem),
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Report {
  readonly status: number | null
  readonly ok: boolean
  readonly error?: { readonly code: string }
  readonly checks: readonly { check: string; state: string; text: string }[]
  readonly fixes: readonly string[]
  readonly text: string
}

async function examine(env: Record<string, string>, ...flags: string[]): Promise<Report> {
  const all = { ...environment, ...env }
  const json = await runCli(['doctor', ...flags, '--json'], all)
  const text = await runCli(['doctor', ...flags], all)
  expect(text.status).toBe(json.status)
  expect(text.stderr).toBe('')
  expect(json.stdout.trimEnd()).not.toContain('\n')
  const shown = text.stdout + json.stdout
  expect(shown).not.toContain(merchant.pkcs8Base64.slice(200, 240))
  expect(text.stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  return { status: json.status, ...JSON.parse(json.stdout), text: text.stdout }
}

const stateOf = ({ checks }: Report, name: string) =>
  checks.filter(({ check }) => check === name).map(({ state }) => state)

/** Replies to every request. */
const answering = (answer: string) => serve((_, response) => response.end(answer))

const signed = (members: Record<string, string>, key = gateway) =>
  JSON.stringify(withSign({ sign_type: 'RSA', ...members }, key.pkcs8Pem))

const BIN = { ret_code: '0000', bank_code: '01030000', bank_name: 'B', card_type: '2' }

test('nothing to fix is exit 0, and asks the gateway for nothing', async () => {
  const asked: (string | undefined)[] = []
  await using server = await serve((request, response) => {
    asked.push(request.method)
    response.end()
  })
  const report = await examine({ LLPAY_BASE_URL: server.url })
  expect(report).toMatchObject({ status: 0, ok: true, fixes: [] })
  expect(report.text).toContain('Nothing to fix.')
  expect(stateOf(report, 'pair')).toEqual(['ok'])
  expect(stateOf(report, 'clock')).toEqual(['ok'])
  expect(new Set(asked)).toEqual(new Set(['HEAD']))
})

describe('what is planted is named', () => {
  const planted: readonly (readonly [
    name: string,
    env: () => Record<string, string>,
    check: string,
    state: string,
    said: RegExp,
  ])[] = [
    [
      "the merchant's key as the gateway's",
      () => ({ LLPAY_GATEWAY_KEY_FILE: put('own.pem', merchant.spkiPem) }),
      'pair',
      'problem',
      /merchant's own public key.*Copy LianLian's public key/s,
    ],
    [
      'PKCS#1 without its header',
      () => ({ LLPAY_PRIVATE_KEY_FILE: put('bare.pem', merchant.pkcs1Base64) }),
      'private key',
      'warning',
      /no header: PKCS#1/,
    ],
    [
      'Windows line ends',
      () => ({
        LLPAY_PRIVATE_KEY_FILE: put('win.pem', merchant.pkcs8Pem.replaceAll('\n', '\r\n')),
      }),
      'private key',
      'warning',
      /Windows line ends/,
    ],
    [
      'a key that others can read',
      () => ({ LLPAY_PRIVATE_KEY_FILE: put('open.pem', merchant.pkcs8Pem, 0o644) }),
      'private key',
      'problem',
      /chmod 600 /,
    ],
    [
      'a short key',
      () => ({
        LLPAY_PRIVATE_KEY: vectorKey('k1024').pkcs8Base64,
        LLPAY_PRIVATE_KEY_FILE: '',
        LLPAY_GATEWAY_KEY_FILE: put('g2.pem', merchant.spkiPem),
      }),
      'private key',
      'warning',
      /only 1024 bits/,
    ],
    [
      "a private key in the gateway key's place",
      () => ({ LLPAY_GATEWAY_KEY_FILE: put('private.pem', gateway.pkcs8Pem) }),
      'gateway key',
      'problem',
      /private/,
    ],
    [
      'a file that is not there',
      () => ({ LLPAY_PRIVATE_KEY_FILE: join(folder, 'none') }),
      'private key',
      'problem',
      /cannot be read/,
    ],
    ['no merchant', () => ({ LLPAY_OID_PARTNER: '' }), 'merchant', 'problem', /llpay init/],
    [
      'a merchant number that is none',
      () => ({ LLPAY_OID_PARTNER: '1' }),
      'merchant',
      'problem',
      /has 1 digit, expected 18/,
    ],
    [
      'a merchant number that lost a digit',
      () => ({ LLPAY_OID_PARTNER: '20130412100000100' }),
      'merchant',
      'problem',
      /LLPAY_OID_PARTNER: the merchant number .* has 17 digits/,
    ],
    [
      'a merchant number in full-width digits',
      () => ({ LLPAY_OID_PARTNER: '２０１３０４１２１０００００１００４' }),
      'merchant',
      'problem',
      /must be 18 digits, but holds/,
    ],
    [
      'a key in UTF-16',
      () => ({ LLPAY_PRIVATE_KEY_FILE: put('utf16.pem', utf16(merchant.pkcs8Pem)) }),
      'private key',
      'problem',
      /text in UTF-16.*iconv/,
    ],
    [
      'a keystore',
      () => ({
        LLPAY_PRIVATE_KEY_FILE: put('store.jks', Buffer.from('feedfeed0000000200000001', 'hex')),
      }),
      'private key',
      'problem',
      /Java keystore.*keytool/,
    ],
    [
      'a base URL with the blank of the documents',
      () => ({ LLPAY_BASE_URL: 'https: //queryapi.invalid' }),
      'gateway',
      'problem',
      /contains white space/,
    ],
    [
      'a base URL with the path of an endpoint',
      () => ({ LLPAY_BASE_URL: 'https://gateway.invalid/bankcardunbind.htm' }),
      'gateway',
      'problem',
      /Leave that path out/,
    ],
    [
      'certificate checks that are off',
      () => ({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }),
      'certificates',
      'problem',
      /Unset it/,
    ],
    [
      'authorities that were added',
      () => ({ NODE_EXTRA_CA_CERTS: CA }),
      'certificates',
      'warning',
      /adds authorities/,
    ],
    [
      'a proxy that is none',
      () => ({ HTTPS_PROXY: 'ftp://canary-user:canary@proxy' }),
      'proxy',
      'problem',
      /neither http nor https/,
    ],
    [
      'plain http to another machine',
      () => ({ LLPAY_BASE_URL: 'http://gateway.invalid' }),
      'gateway',
      'problem',
      /Use https/,
    ],
  ]

  test.each(planted)('%s', async (_, env, check, state, said) => {
    await using server = await answering('')
    const report = await examine({ LLPAY_BASE_URL: server.url, ...env() })
    expect(stateOf(report, check)).toContain(state)
    expect(report.text.replaceAll(/\s+/g, ' ')).toMatch(said)
    expect(report.text).not.toContain('canary')
    const isProblem = report.checks.some((each) => each.state === 'problem')
    expect(report.ok).toBe(!isProblem)
    expect(report.status).toBe(isProblem ? 2 : 0)
    expect(report.checks.filter((each) => each.state === 'problem').length).toBeLessThan(2)
  })

  test('all at once, each with its own line', async () => {
    const report = await examine({
      LLPAY_OID_PARTNER: '1',
      LLPAY_PRIVATE_KEY_FILE: join(folder, 'none'),
      LLPAY_GATEWAY_KEY_FILE: join(folder, 'none'),
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      LLPAY_BASE_URL: await closedUrl(),
    })
    expect(report.status).toBe(2)
    expect(report.fixes).toHaveLength(5)
    expect(report.text).toMatch(/^ {2}5\. connection: /m)
  })
})

const https = (certificate: string) =>
  listenLocally(
    createServer(
      { cert: loadPem(certificate), key: loadPem('server-key') },
      (_, response) => void response.end(),
    ),
    'https',
  )

describe('the way to the gateway', () => {
  test('nothing listens: exit 5', async () => {
    const report = await examine({ LLPAY_BASE_URL: await closedUrl() })
    expect(report).toMatchObject({ status: 5, ok: false, error: { code: 'ERR_TRANSPORT_CONNECT' } })
    expect(report.text).toContain('ECONNREFUSED')
  })

  test('a good certificate', async () => {
    await using server = await https('good')
    const report = await examine({ LLPAY_BASE_URL: server.url, NODE_EXTRA_CA_CERTS: CA })
    expect(report.status).toBe(0)
    expect(stateOf(report, 'TLS')).toEqual(['ok'])
    expect(report.text.replaceAll(/\s+/g, ' ')).toMatch(
      /TLSv1\.3, certificate of llpay-TEST-authority/,
    )
  })

  test.each([
    ['expired', 'CERT_HAS_EXPIRED', /clock/],
    ['not-yet-valid', 'CERT_NOT_YET_VALID', /clock/],
    ['wrong-host', 'ERR_TLS_CERT_ALTNAME_INVALID', /another name/],
  ])('a certificate that is %s: exit 5', async (certificate, code, fix) => {
    await using server = await https(certificate)
    const report = await examine({ LLPAY_BASE_URL: server.url, NODE_EXTRA_CA_CERTS: CA })
    expect(report.status).toBe(5)
    expect(report.text).toContain(code)
    expect(report.fixes.join()).toMatch(fix)
  })

  test('an authority that is not known: exit 5', async () => {
    await using server = await https('good')
    const report = await examine({ LLPAY_BASE_URL: server.url })
    expect(report.status).toBe(5)
    expect(report.fixes.join()).toMatch(/NODE_EXTRA_CA_CERTS/)
  })

  test('a clock that is wrong', async () => {
    await using server = await serve((_, response) => {
      response.setHeader('date', 'Mon, 23 Nov 2020 00:00:00 GMT')
      response.end()
    })
    const report = await examine({ LLPAY_BASE_URL: server.url })
    expect(stateOf(report, 'clock')).toEqual(['warning'])
    expect(report.status).toBe(0)
  })
})

const ask = async (answer: string, env: Record<string, string> = {}) => {
  await using server = await answering(answer)
  return await examine({ LLPAY_BASE_URL: server.url, ...env }, '--query')
}

describe('--query', () => {
  test('a signed reply proves the keys', async () => {
    const report = await ask(signed(BIN))
    expect(report.status).toBe(0)
    expect(stateOf(report, 'query')).toEqual(['ok'])
  })

  test.each([
    ['1001', 3, /llpay key convert FILE --public/],
    ['1008', 3, /which address it sees/],
    ['3001', 3, /merchant number/],
  ])('%s is explained, and exit %i', async (code, status, fix) => {
    const report = await ask(`{"ret_code":"${code}","ret_msg":"x"}`)
    expect(report.status).toBe(status)
    expect(report.fixes.join()).toMatch(fix)
  })

  test('a reply signed with another key is exit 4', async () => {
    const report = await ask(signed(BIN, vectorKey('k2048')))
    expect(report).toMatchObject({ status: 4, error: { code: 'ERR_SIGNATURE_INVALID' } })
  })

  test('nothing is asked while something is broken', async () => {
    await using server = await answering(signed(BIN))
    const report = await examine({ LLPAY_BASE_URL: server.url, LLPAY_OID_PARTNER: '1' }, '--query')
    expect(stateOf(report, 'query')).toEqual(['skipped'])
  })
})
