import { createHash, generateKeyPairSync, sign, verify as verifyBytes } from 'node:crypto'

import { plainCanonical, withSign } from '@internal/testkit/signing'
import { loadGatewayMessages, vectorKey } from '@internal/vectors'
import { describe, expect, test } from 'vitest'

import { parsePublicKey } from '../keys/parse-key.ts'
import { diagnose, type DiagnoseOptions } from './diagnose.ts'

const { pkcs8Pem, spkiPem } = vectorKey('k1024')
const MEMBERS = { user_id: 'u-canary-1', money: '210.00', sign_type: 'RSA' }
const SIGNED = withSign(MEMBERS, pkcs8Pem)

const seal = (text: string) => sign('RSA-MD5', Buffer.from(text), pkcs8Pem).toString('base64')

type Verify = (message: Uint8Array, signature: Uint8Array) => boolean

const ours: Verify = (message, signature) => verifyBytes('md5', message, spkiPem, signature)

function examine(message: object, options: Partial<DiagnoseOptions> = {}, verify: Verify = ours) {
  const verifier = {
    algorithm: 'MD5withRSA',
    verify: async (...args: Parameters<Verify>) => verify(...args),
  } as const
  return diagnose(JSON.stringify(message), {
    keys: [{ name: 'gateway.pem', key: parsePublicKey(spkiPem), verifier }],
    digest: (name, bytes) => createHash(name).update(bytes).digest(),
    ...options,
  })
}

const keysOf = (causes: readonly { readonly key: string }[]) => causes.map(({ key }) => key)

describe('the report of a message', () => {
  test('that verifies', async () => {
    const report = await examine({ ...SIGNED, platform: '', note: null })
    const canonical = plainCanonical(MEMBERS)
    const md5 = createHash('md5').update(canonical).digest('hex')
    expect(report).toMatchObject({
      verified: true,
      causes: [],
      error: undefined,
      signedText: canonical,
      signature: { state: 'opened', madeBy: 'gateway.pem', hash: 'md5', digest: md5 },
      steps: { canonical, md5, bytes: canonical.length },
      search: { stopped: false },
    })
    expect(report.steps.dropped).toEqual([
      { name: 'sign', reason: 'sign' },
      { name: 'platform', reason: 'empty' },
      { name: 'note', reason: 'null' },
    ])
    expect(report.steps.signed).toEqual([
      { name: 'money', text: '210.00' },
      { name: 'sign_type', text: 'RSA' },
      { name: 'user_id', text: 'u-canary-1' },
    ])
  })

  test('whose signature covers another text', async () => {
    const signed = plainCanonical({ ...MEMBERS, money: '210' })
    const report = await examine({ ...MEMBERS, sign: seal(signed) })
    expect(report).toMatchObject({ verified: false, signedText: signed })
    expect(keysOf(report.causes)).toEqual(['value.number-rewritten'])
    expect(JSON.stringify(report.causes)).not.toContain('canary')
  })

  test('that is not signed', async () => {
    const report = await examine(MEMBERS)
    expect(report).toMatchObject({ verified: false, signature: { state: 'absent' } })
    expect(keysOf(report.causes)).toEqual(['sign.missing'])
  })

  test('whose signature cannot be read', async () => {
    const report = await examine({ ...MEMBERS, sign: 'not base64!' })
    expect(report).toMatchObject({ verified: false, signature: { state: 'unreadable' } })
  })

  test('that another key signed', async () => {
    const stranger = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const signature = sign('RSA-MD5', Buffer.from('a'), stranger.privateKey).toString('base64')
    const report = await examine({ ...MEMBERS, sign: signature })
    expect(report).toMatchObject({ verified: false, signature: { state: 'unopened' } })
    expect(report.signedText).toBeUndefined()
    expect(keysOf(report.causes)).toContain('key.other')
  })
})

test('the verifiers alone decide, and the true message is compared', async () => {
  const refused = await examine(SIGNED, {}, () => false)
  expect(refused).toMatchObject({ verified: false, error: { code: 'ERR_SIGNATURE_INVALID' } })
  expect(refused.causes).toHaveLength(1)
  const altered = await examine({ ...SIGNED, money: '9.99' }, { truth: JSON.stringify(SIGNED) })
  expect(keysOf(altered.causes)).toEqual(['true.differs', 'true.signed'])
})

test.each(loadGatewayMessages().messages.map((each) => [each.id, each.body] as const))(
  'a reply of LianLian is called so: %s',
  async (_, body) => {
    const message: object = JSON.parse(body)
    const report = await examine(message)
    expect(report.received.isReply).toBe('ret_code' in message)
  },
)

const signWith = (members: Record<string, string>) => withSign({ ...MEMBERS, ...members }, pkcs8Pem)

describe('values that hold the beginning of a member', () => {
  const url = 'https://shop.example/notify?shop=7&id=1&user_id=2'

  test('in a request are what its signer wrote', async () => {
    expect(await examine(signWith({ notify_url: url }))).toMatchObject({ verified: true })
  })

  test.each<[string, Record<string, string>]>([
    ['a reply', { ret_code: '0000', info: url }],
    ['a notification', { result_pay: 'SUCCESS', info: url }],
    ['a reply whose boundaries were moved', { info: 'a&ret_code=0000' }],
  ])('in %s make it ambiguous', async (_, members) => {
    const report = await examine(signWith(members))
    expect(report).toMatchObject({ verified: false, error: { code: 'ERR_REPLY_AMBIGUOUS' } })
    expect(keysOf(report.causes)).toEqual(['error.ERR_REPLY_AMBIGUOUS'])
  })

  test('in what is said to be a reply make it ambiguous', async () => {
    const report = await examine(signWith({ notify_url: url }), { isReply: true })
    expect(report).toMatchObject({ verified: false, error: { code: 'ERR_REPLY_AMBIGUOUS' } })
  })
})

describe('words that fit a request', () => {
  test.each<[string, object]>([
    ['another key', { ...MEMBERS, sign: SIGNED['sign']?.replaceAll('A', 'B') }],
    ['no signature', MEMBERS],
    ['another sign_type', { ...SIGNED, sign_type: 'MD5' }],
    ['an object', { ...SIGNED, risk_item: { a: '1' } }],
    ['an odd name', withSign({ ...MEMBERS, 'a b': '1' }, pkcs8Pem)],
  ])('%s', async (_, message) => {
    const { verified, error, causes, notes } = await examine(message)
    expect(verified).toBe(false)
    const texts = [error?.message, ...[...causes, ...notes].map(({ en }) => en)]
    expect(texts.join('\n')).not.toMatch(/\b(?:answer|reply)\b/i)
    for (const { zh } of causes) expect(zh).toMatch(/[\u4e00-\u9fff]/)
  })
})

describe('refuses input that cannot be examined', () => {
  test('no key', async () => {
    await expect(examine(SIGNED, { keys: [] })).rejects.toMatchObject({
      code: 'ERR_CONFIG_MISSING',
    })
  })

  test.each<[string, string]>([
    ['an object', '{"user_id":"1"}'],
    ['nothing', 'null'],
    ['a number', '1'],
  ])('%s in place of text or bytes', async (_, json) => {
    const message: string = JSON.parse(json)
    await expect(
      diagnose(message, { keys: [], digest: () => new Uint8Array() }),
    ).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining('neither text nor bytes'),
    })
  })
})

describe('the search for a cause has an end', () => {
  const many = Object.fromEntries(
    Array.from({ length: 2000 }, (_, index) => [`member_${index}`, `值 ${index}`]),
  )
  const long = { user_id: 'u-1', note: '长 value, '.repeat(90_000), sign_type: 'RSA' }

  test.each<[string, Record<string, string>]>([
    ['2,000 members', { ...many, sign_type: 'RSA' }],
    ['a value of 900 kB', long],
  ])('%s', async (_, members) => {
    let pauses = 0
    const report = await examine(
      { ...members, sign: seal('something else') },
      {
        maxSteps: 10_000,
        pause: async () => {
          pauses += 1
        },
      },
    )
    expect(report).toMatchObject({ verified: false, search: { steps: 10_000, stopped: true } })
    expect(keysOf(report.causes)).toEqual(['text.unexplained', 'search.stopped'])
    expect(pauses).toBeGreaterThan(1)
  })

  test.each<[string, string, string]>([
    ['base64', 'AAAA'.repeat(225_000), 'unopened'],
    ['characters that cannot be seen', '\u200b'.repeat(900_000), 'unreadable'],
    ['hexadecimal', 'a0'.repeat(450_000), 'unopened'],
  ])('a sign of 900 kB: %s', async (_name, text, state) => {
    expect(await examine({ ...MEMBERS, sign: text })).toMatchObject({ signature: { state } })
  })

  const { member_1234: _, ...rest } = many
  const { sign_type: __, ...untyped } = long

  test.each<[string, object, string, string]>([
    ['a member left out of 2,000', many, plainCanonical(rest), 'member_1234 was left out'],
    [
      'a long value encoded',
      long,
      plainCanonical({ ...long, note: encodeURIComponent(long.note) }),
      'URL-encoded',
    ],
    ['a short one left out', long, plainCanonical(untyped), 'sign_type was left out'],
  ])('and reaches the usual mistakes: %s', async (_name, members, signed, cause) => {
    const { causes, search } = await examine({ ...members, sign: seal(signed) })
    expect(causes[0]?.en).toContain(cause)
    expect(search.steps).toBeLessThan(200_000)
  })

  test('which the caller may set, and the same steps are always counted', async () => {
    const message = { ...MEMBERS, sign: seal('something else') }
    const first = await examine(message, { maxSteps: 100 })
    expect(first.search).toEqual({ steps: 100, stopped: true })
    const whole = await examine(message)
    expect(whole.search.stopped).toBe(false)
    expect((await examine(message)).search).toEqual(whole.search)
    expect(keysOf(whole.causes)).toEqual(['text.unexplained'])
  })
})
