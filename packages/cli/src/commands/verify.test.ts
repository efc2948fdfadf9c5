import { createHash, generateKeyPairSync, privateEncrypt, sign as signBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'

import { runCli } from '@internal/testkit/cli'
import { plainCanonical, withSign } from '@internal/testkit/signing'
import { loadGatewayMessages, vectorKey } from '@internal/vectors'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

// Every message here is signed by node:crypto, never by llpay.

const gateway = vectorKey('k1024')
const merchant = vectorKey('k2048')
const stranger = generateKeyPairSync('rsa', { modulusLength: 1024 })
const MEMBERS = {
  oid_partner: '201304121000001004',
  user_id: 'ab/c d+e%',
  acct_name: '张三',
  money: '0.10',
  sign_type: 'RSA',
}

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llpay-verify-test-'))
  const write = (name: string, text: string) =>
    writeFileSync(join(folder, name), text, { mode: 0o600 })
  write('gateway.pem', gateway.spkiPem)
  write('merchant.pem', merchant.pkcs8Pem)
  write('merchant-public.pem', merchant.spkiPem)
})

afterAll(() => rmSync(folder, { recursive: true }))

/** Signs a text as somebody else would, with the gateway's key. */
const seal = (text: string | Uint8Array, hash = 'RSA-MD5') =>
  signBytes(hash, Buffer.from(text), gateway.pkcs8Pem).toString('base64')

const message = (members: Readonly<Record<string, unknown>>, sign: string) =>
  JSON.stringify({ ...members, sign })

const CANONICAL = plainCanonical(MEMBERS)

async function verify(body: string | Uint8Array, ...flags: string[]) {
  const key = ['--key', join(folder, 'gateway.pem')]
  const args = ['verify', ...(flags.includes('--key') ? [] : key), ...flags]
  const json = await runCli([...args, '--json'], {}, body)
  const text = await runCli([...args, '--explain'], {}, body)
  expect(text.status).toBe(json.status)
  expect(json.stdout.trimEnd()).not.toContain('\n')
  return { status: json.status, text: text.stdout, ...JSON.parse(json.stdout) }
}

const verifyMembers = (members: Record<string, string>, ...flags: string[]) =>
  verify(message(members, seal(plainCanonical(members))), ...flags)

describe('values that hold the beginning of a member', () => {
  const url = 'https://shop.example/notify?shop=7&id=1&token=2'

  test.each([
    ['a URL', { ...MEMBERS, notify_url: url }],
    ['a URL that names a signed member', { ...MEMBERS, notify_url: `${url}&user_id=1` }],
    ['several', { ...MEMBERS, notify_url: url, return_url: url, busi_partner: '&zz=1' }],
  ])('in a request are what its signer wrote: %s', async (_, members) => {
    expect(await verifyMembers(members)).toMatchObject({ status: 0, verified: true })
  })

  test.each([
    ['a reply', { ...MEMBERS, ret_code: '0000', info: url }],
    ['a payment notification', { ...MEMBERS, result_pay: 'SUCCESS', info_order: url }],
    ['a refund notification', { ...MEMBERS, sta_refund: '2', info: url }],
    ['a bind notification', { ...MEMBERS, result_sign: 'SUCCESS', info: url }],
    ['a reply whose boundaries were moved', { ...MEMBERS, acct_name: 'a&ret_code=0000' }],
  ])('in %s make it ambiguous', async (_, members) => {
    const result = await verifyMembers(members)
    expect(result).toMatchObject({ status: 4, error: { code: 'ERR_REPLY_AMBIGUOUS' } })
  })

  test('in what is said to be the reply of an endpoint make it ambiguous', async () => {
    const members = { ...MEMBERS, notify_url: url }
    const result = await verifyMembers(members, '--api', 'card.unbind')
    expect(result).toMatchObject({ status: 4, error: { code: 'ERR_REPLY_AMBIGUOUS' } })
  })
})

describe('a message that verifies', () => {
  test('is exit 0', async () => {
    const result = await verify(message(MEMBERS, seal(CANONICAL)))
    expect(result).toMatchObject({ status: 0, ok: true, verified: true, notes: [] })
    expect(result.explanation.canonical).toBe(CANONICAL)
    expect(result.explanation.md5).toBe(createHash('md5').update(CANONICAL).digest('hex'))
    expect(result.text).toMatch(/^verified$/m)
  })

  test.each(loadGatewayMessages().messages.map((each) => [each.id, each] as const))(
    'LianLian signed %s',
    async (_, { body }) => {
      const file = join(folder, 'published.pem')
      writeFileSync(file, loadGatewayMessages().gatewayPublicKey)
      const result = await verify(body, '--key', file)
      const unsigned = /card_no|bank_name/.test(result.causes?.join() ?? '')
      expect(result.ok || unsigned).toBe(true)
    },
  )

  test('the steps say what was left out and why', async () => {
    const members = { ...MEMBERS, count: '1', platform: '', note: null, agreement_list: [] }
    const { text, explanation } = await verify(
      message(members, seal(plainCanonical({ ...MEMBERS, count: '1' }))),
    )
    expect(explanation.dropped.map(({ name }: { name: string }) => name)).toEqual([
      'platform',
      'note',
      'agreement_list',
      'sign',
    ])
    expect(text).toContain('agreement_list: LianLian does not sign it')
  })
})

const LIST = [{ no_agree: '2014031710002121', bank_name: '工行' }]
/** GBK of the only two characters here that are not ASCII: `iconv -t GBK` writes d5c5 and c8fd. */
const gbk = (text: string) =>
  Buffer.from(text.replaceAll('张', '\xd5\xc5').replaceAll('三', '\xc8\xfd'), 'latin1')
const mapped = (change: (text: string) => string) =>
  plainCanonical(Object.fromEntries(Object.entries(MEMBERS).map(([k, v]) => [k, change(v)])))
const escaped = (text: string) => text.replaceAll('张', '\\u5f20').replaceAll('三', '\\u4e09')

describe('the mistake is named', () => {
  test.each([
    ['URL-encoded', message(MEMBERS, seal(mapped(encodeURIComponent)))],
    [
      'form-encoded',
      message(
        MEMBERS,
        seal(mapped((text) => new URLSearchParams({ v: text }).toString().slice(2))),
      ),
    ],
    [
      'agreement_list was signed as JSON',
      message(
        { ...MEMBERS, agreement_list: LIST },
        seal(plainCanonical({ ...MEMBERS, agreement_list: JSON.stringify(LIST) })),
      ),
    ],
    [
      'Empty members were kept in the signed text (platform)',
      message(
        { ...MEMBERS, platform: '' },
        seal(CANONICAL.replace('&sign_type', '&platform=&sign_type')),
      ),
    ],
    [
      'as the word null (platform)',
      message(
        { ...MEMBERS, platform: null },
        seal(CANONICAL.replace('&sign_type', '&platform=null&sign_type')),
      ),
    ],
    ['sign_type was left out', message(MEMBERS, seal(CANONICAL.replace('&sign_type=RSA', '')))],
    [
      'the message has no member sign_type',
      message({ ...MEMBERS, sign_type: undefined }, seal(CANONICAL)),
    ],
    [
      'not sorted',
      message(
        MEMBERS,
        seal(
          Object.entries(MEMBERS)
            .map(([k, v]) => `${k}=${v}`)
            .join('&'),
        ),
      ),
    ],
    [
      'case-insensitively',
      message(
        { ...MEMBERS, payLoad: 'x', pay_type: 'D' },
        seal(
          'acct_name=张三&money=0.10&oid_partner=201304121000001004&pay_type=D&payLoad=x&sign_type=RSA&user_id=ab/c d+e%',
        ),
      ),
    ],
    ['trimmed', message({ ...MEMBERS, acct_name: ' 张三 ' }, seal(CANONICAL))],
    ['signed in GBK', message(MEMBERS, seal(gbk(CANONICAL)))],
    ['The bytes of the message are GBK', gbk(message(MEMBERS, seal(gbk(CANONICAL))))],
    ['The bytes of the message are GBK', gbk(message(MEMBERS, seal(CANONICAL)))],
    [
      'encoded as UTF-8 twice for the signature',
      message(MEMBERS, seal(Buffer.from(CANONICAL).toString('latin1'))),
    ],
    [
      'has text that was encoded as UTF-8 twice',
      message({ ...MEMBERS, acct_name: Buffer.from('张三').toString('latin1') }, seal(CANONICAL)),
    ],
    ['UTF-16', message(MEMBERS, seal(Buffer.from(CANONICAL, 'utf16le')))],
    ['\\u escapes', message(MEMBERS, seal(escaped(CANONICAL)))],
    ['SHA1withRSA', message(MEMBERS, seal(CANONICAL, 'RSA-SHA1'))],
    ['SHA256withRSA', message(MEMBERS, seal(CANONICAL, 'RSA-SHA256'))],
    ['ends with &key=', message(MEMBERS, seal(`${CANONICAL}&key=`))],
    ['ends with a line break', message(MEMBERS, seal(`${CANONICAL}\n`))],
    [
      'The MD5 of the text was signed',
      message(MEMBERS, seal(createHash('md5').update(CANONICAL).digest('hex'))),
    ],
    ['signed as JSON', message(MEMBERS, seal(JSON.stringify(MEMBERS)))],
    ['Numbers were reformatted', message(MEMBERS, seal(CANONICAL.replace('0.10', '0.1')))],
    ['extra was left out of the signed text', message({ ...MEMBERS, extra: 'x' }, seal(CANONICAL))],
    [
      'encrypting with the private key',
      message(
        MEMBERS,
        privateEncrypt(gateway.pkcs8Pem, createHash('md5').update(CANONICAL).digest()).toString(
          'base64',
        ),
      ),
    ],
    ['hexadecimal', message(MEMBERS, Buffer.from(seal(CANONICAL), 'base64').toString('hex'))],
    ['sign_type MD5', message(MEMBERS, createHash('md5').update(CANONICAL).digest('hex'))],
    [
      'alphabet of URLs',
      message(MEMBERS, Buffer.from(seal(CANONICAL), 'base64').toString('base64url')),
    ],
    ['URL-encoded: send base64', message(MEMBERS, encodeURIComponent(seal(CANONICAL)))],
    ['no sign', JSON.stringify(MEMBERS)],
    ['a member was altered', message({ ...MEMBERS, money: '9.99' }, seal(CANONICAL))],
    [
      'Another key made this signature',
      message(
        MEMBERS,
        signBytes('RSA-MD5', Buffer.from(CANONICAL), stranger.privateKey).toString('base64'),
      ),
    ],
    [
      'The signature has 256 bytes',
      message(
        MEMBERS,
        signBytes('RSA-MD5', Buffer.from(CANONICAL), merchant.pkcs8Pem).toString('base64'),
      ),
    ],
  ])('%s', async (cause, body) => {
    const result = await verify(body)
    expect([...(result.causes ?? []), ...result.notes].join('\n')).toContain(cause)
    expect(result).toMatchObject({ status: 4, ok: false, error: { delivered: 'no' } })
    expect(result.text.replaceAll(/\s+/g, ' ')).toContain(cause)
    expect(result.text).toMatch(/^not verified$/m)
  })

  test('"sign_type " with a trailing blank, whichever was signed', async () => {
    const { sign_type: _, ...rest } = MEMBERS
    const spaced = { ...rest, 'sign_type ': 'RSA' }
    for (const text of [CANONICAL, CANONICAL.replace('sign_type=', 'sign_type =')]) {
      const result = await verify(message(spaced, seal(text)))
      expect(result).toMatchObject({ status: 4, ok: false })
      expect(result.notes.join()).toContain('sign_type␠ has spaces at its ends')
    }
  })

  test("the merchant's key as LianLian's", async () => {
    const body = message(MEMBERS, seal(CANONICAL))
    const result = await verify(
      body,
      '--key',
      join(folder, 'merchant-public.pem'),
      '--private-key',
      join(folder, 'merchant.pem'),
    )
    expect(result.causes.join()).toContain("is the merchant's own key")
    expect(result.status).toBe(4)
  })

  test('your own request, verified as a reply', async () => {
    const body = JSON.stringify(withSign(MEMBERS, merchant.pkcs8Pem))
    const result = await verify(body, '--private-key', join(folder, 'merchant.pem'))
    expect(result.causes.join()).toContain('a request of your own')
  })

  test("a message of LianLian's verified with the key of another gateway", async () => {
    const [first] = loadGatewayMessages().messages
    const result = await verify(first?.body ?? '')
    expect(result.causes.join()).toContain('the key that LianLian publishes')
  })

  test('the altered member, where the true message is given', async () => {
    const file = join(folder, 'true.json')
    writeFileSync(file, JSON.stringify(MEMBERS))
    const body = message({ ...MEMBERS, money: '9.99' }, seal(CANONICAL))
    const result = await verify(body, '--true', file)
    expect(result.causes.join('\n')).toContain('These members differ from the true message: money.')
    expect(result.causes.join('\n')).toContain('altered in transit')
  })

  test('two mistakes at once', async () => {
    const text = mapped(encodeURIComponent).replace('&sign_type=RSA', '')
    const { causes } = await verify(message(MEMBERS, seal(text)))
    expect(causes.join('\n')).toMatch(/sign_type was left out[^]*URL-encoded/)
  })
})

describe('a message that is wrapped in something', () => {
  const body = Buffer.from(message(MEMBERS, seal(CANONICAL)))

  test.each<[string, string | Uint8Array, string]>([
    ['gzip', gzipSync(body), 'compressed with gzip'],
    ['deflate', deflateSync(body), 'compressed with deflate'],
    ['raw deflate', deflateRawSync(body), 'compressed with deflate-raw'],
    ['brotli', brotliCompressSync(body), 'compressed with brotli'],
    ['a JSON string', JSON.stringify(body.toString()), 'JSON text inside a JSON string'],
    ['a list', `[${body.toString()}]`, 'the item of a list'],
    ['base64', body.toString('base64'), 'written in base64'],
    [
      'a body of API Gateway',
      JSON.stringify({ body: body.toString('base64'), isBase64Encoded: true }),
      'in the member body of another object',
    ],
    ['a Buffer', JSON.stringify(body), 'a Node Buffer'],
    ['a parsed form', JSON.stringify({ [body.toString()]: '' }), 'was parsed as a form'],
  ])('%s is said, and what is inside is verified', async (_, wrapped, words) => {
    const good = await verify(wrapped)
    expect(good).toMatchObject({ status: 0, ok: true, verified: true })
    expect(good.notes.join('\n')).toContain(words)
    expect(good.text.replaceAll(/\s+/g, ' ')).toContain(words)
  })

  test('what is inside does not verify', async () => {
    const other = Buffer.from(message({ ...MEMBERS, money: '9' }, seal(CANONICAL)))
    expect(await verify(gzipSync(other))).toMatchObject({ status: 4, ok: false })
  })

  test.each([
    ['an image', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'a PNG image'],
    ['gzip that was cut off', gzipSync(body).subarray(0, 50), 'compressed with gzip'],
    ['other bytes', Buffer.from([0x81, 0x00, 0x01, 0xff, 0xfe]), 'It is binary'],
  ])('%s is named, with exit 2', async (_, bytes, words) => {
    const run = await runCli(['verify', '--key', join(folder, 'gateway.pem'), '--json'], {}, bytes)
    expect(run.status).toBe(2)
    expect(JSON.parse(run.stdout).error.message).toContain(words)
  })
})

describe('what --explain shows', () => {
  test('every character that is not visible by itself', async () => {
    const odd = { ...MEMBERS, user_id: ' 123', acct_name: '张\u200b三', money: '1\u00a0' }
    const { text } = await verify(message(odd, seal(plainCanonical(odd))))
    expect(text).toContain('user_id=␠123')
    expect(text).toContain(String.raw`acct_name=张\u{200b}三`)
    expect(text).toContain(String.raw`money=1\u{a0}`)
  })

  test('that a message is not signed', async () => {
    const { text, causes } = await verify(JSON.stringify(MEMBERS))
    expect(text).toMatch(/^signature +none: the message is not signed$/m)
    expect(causes).toEqual([expect.stringContaining('The message is not signed')])
  })

  test('words that fit a request of your own', async () => {
    const request = { ...withSign(MEMBERS, merchant.pkcs8Pem), money: '9.99' }
    const body = JSON.stringify(request)
    const { text, error } = await verify(body, '--key', join(folder, 'merchant-public.pem'))
    expect(`${text} ${error.message}`).not.toMatch(/\b(?:answer|reply)\b/i)
  })
})

describe('usage', () => {
  test.each([
    ['no key', ['verify'], '{}'],
    ['no JSON', ['verify', '--key', 'gateway.pem'], 'nonsense'],
    ['no file', ['verify', 'there-is-none.json', '--key', 'gateway.pem'], ''],
    ['an unknown endpoint', ['verify', '--key', 'gateway.pem', '--api', 'card.none'], '{}'],
  ])('%s is exit 2', async (_, args, stdin) => {
    const named = args.map((arg) => (arg.endsWith('.pem') ? join(folder, arg) : arg))
    const run = await runCli([...named, '--json'], {}, stdin)
    expect(run.status).toBe(2)
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: false, error: { name: 'ConfigError' } })
  })

  test('a member that is there twice is exit 4', async () => {
    const run = await runCli(
      ['verify', '--key', join(folder, 'gateway.pem'), '--json'],
      {},
      '{"a":"1","a":"2"}',
    )
    expect(run.status).toBe(4)
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'ERR_REPLY_DUPLICATE_MEMBER' } })
  })
})

describe('llpay sign', () => {
  test('makes the signature that OpenSSL makes', async () => {
    const run = await runCli(
      ['sign', '--private-key', join(folder, 'merchant.pem')],
      {},
      JSON.stringify(MEMBERS),
    )
    expect(run.status).toBe(0)
    expect(JSON.parse(run.stdout)).toEqual(withSign(MEMBERS, merchant.pkcs8Pem))
  })

  test('shows each step on standard error, and the message alone on standard output', async () => {
    const args = ['sign', '--private-key', join(folder, 'merchant.pem'), '--explain']
    const run = await runCli(args, {}, JSON.stringify({ ...MEMBERS, pat_type: 'D' }))
    expect(run.stdout.trimEnd()).not.toContain('\n')
    expect(run.stderr).toContain('did you mean pay_type')
    expect(run.stderr).toContain('MD5')
  })

  test.each([
    ['a number', '{"money":1}'],
    ['an object', '{"risk_item":{}}'],
  ])('refuses %s', async (_, body) => {
    const run = await runCli(
      ['sign', '--private-key', join(folder, 'merchant.pem'), '--json'],
      {},
      body,
    )
    expect(run.status).toBe(2)
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: false })
  })
})
