import {
  constants,
  createHash,
  generateKeyPairSync,
  randomBytes,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto'

import { plainCanonical } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { describe, expect, test } from 'vitest'

import { parsePublicKey } from '../keys/parse-key.ts'
import { diagnose } from './diagnose.ts'
import type { DiagnoseKey, Digest } from './ports.ts'

// Mistakes as other programs make them. Every signature here is made by node:crypto.

const signer = vectorKey('k1024')
const digestOf: Digest = (name, bytes) => createHash(name).update(bytes).digest()

const keyOf = (pem: string): DiagnoseKey => ({
  name: '--key',
  key: parsePublicKey(pem),
  verifier: {
    algorithm: 'MD5withRSA',
    verify: async (message, signature) => verifyBytes('md5', message, pem, signature),
  },
})
const RISK = { frms_ware_category: '1999', user_info_mercht_userno: '13958069593' }
const UNSORTED = { user_info_mercht_userno: '13958069593', frms_ware_category: '1999' }
const M = {
  oid_partner: '201304121000001004',
  user_id: 'ab/c d+e',
  acct_name: '张三',
  money: '210.00',
  dt_order: '20260102',
  sign_type: 'RSA',
}

type Members = Readonly<Record<string, unknown>>
type Signed = string | Uint8Array | Readonly<Record<string, string>>

const C = plainCanonical(M)

const seal = (signed: string | Uint8Array, hash = 'RSA-MD5') =>
  signBytes(hash, Buffer.from(signed), signer.pkcs8Pem)

/** A message with a signature over something else than itself. */
const sent = (members: Members, signed: Signed) =>
  written(members, seal(toBytes(signed)).toString('base64'))
const toBytes = (signed: Signed) =>
  typeof signed === 'string' || signed instanceof Uint8Array ? signed : plainCanonical(signed)
const written = (members: Members, sign: string) => JSON.stringify({ ...members, sign })

async function causesOf(
  body: string | Uint8Array,
  pem: string = signer.spkiPem,
): Promise<readonly string[]> {
  const { causes } = await diagnose(Buffer.from(body), {
    keys: [keyOf(pem)],
    unsignedFields: [],
    digest: digestOf,
  })
  for (const { en, zh } of causes) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/)
    expect(en + zh).not.toMatch(/201304121000001004|ab\/c|13958069593/)
  }
  return causes.map(({ en }) => en)
}

const each = (change: (value: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(M).map(([name, value]) => [name, change(value)]))
const python = JSON.stringify(RISK).replaceAll('","', '", "').replaceAll('":', '": ')
const whole = seal(C)
const base64 = whole.toString('base64')
const digest = (hash: string) => createHash(hash).update(C)
const wide = (value: string) =>
  value.replaceAll(/[0-9.]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))
const utf16 = (signed: string) => Buffer.from(signed, 'utf16le')

const TEXT_MISTAKES: readonly (readonly [string, string | Uint8Array])[] = [
  ['starts with &', sent(M, `&${C}`)],
  ['starts with ?', sent(M, `?${C}`)],
  ['ends with a line break', sent(M, `${C}\r\n`)],
  ['ends with a space', sent(M, `${C} `)],
  ['joined by ","', sent(M, C.replaceAll('&', ','))],
  ['joined by " & "', sent(M, C.replaceAll('&', ' & '))],
  ['joined by a colon', sent(M, C.replaceAll('=', ':'))],
  ['Only the values were signed', sent(M, C.replaceAll(/[a-z_]+=|&/g, ''))],
  ['sign was kept', sent(M, C.replace('sign_type', 'sign=&sign_type'))],
  ['byte order mark', sent(M, `\uFEFF${C}`)],
  ['UTF-16', sent(M, utf16(C).swap16())],
  ['UTF-16', sent(M, utf16(`\uFEFF${C}`).swap16())],
  ['hexadecimal text in upper case', sent(M, digest('md5').digest('hex').toUpperCase())],
  ['MD5 of the text was signed, as bytes', sent(M, digest('md5').digest())],
  ['MD5 of the text was signed, as base64', sent(M, digest('md5').digest('base64'))],
  ['SHA-256 of the text was signed', sent(M, digest('sha256').digest('hex'))],
  ['signed in base64', sent(M, Buffer.from(C).toString('base64'))],
  ['URL-encoded as a whole', sent(M, encodeURIComponent(C))],
  ['The text was signed in upper case', sent(M, C.toUpperCase())],
  ['as name=value', sent({ id: '1', id1: '2', sign_type: 'RSA' }, 'id1=2&id=1&sign_type=RSA')],
]

const VALUE_MISTAKES: readonly (readonly [string, string | Uint8Array])[] = [
  ['Numbers were reformatted', sent(M, { ...M, money: '210' })],
  ['money was signed with two decimals', sent({ ...M, money: '210' }, M)],
  ['money was signed with two decimals', sent({ ...M, money: 210 }, M)],
  ['money was signed with one decimal', sent(M, { ...M, money: '210.0' })],
  ['money was signed in cents', sent(M, { ...M, money: '21000' })],
  ['Long numbers were rounded', sent(M, { ...M, oid_partner: String(Number(M.oid_partner)) })],
  ['dt_order was signed as a date with dashes', sent(M, { ...M, dt_order: '2026-01-02' })],
  ['True, False', sent({ ...M, flag: true }, { ...M, flag: 'True' })],
  ['as [object Object]', sent({ ...M, risk_item: RISK }, { ...M, risk_item: '[object Object]' })],
  ['holds an object or a list', sent({ ...M, risk_item: RISK }, M)],
  ['the word Array', sent({ ...M, risk_item: RISK }, { ...M, risk_item: 'Array' })],
  ['as Python does', sent({ ...M, risk_item: JSON.stringify(RISK) }, { ...M, risk_item: python })],
  [
    'as Java shows a Map',
    sent(
      { ...M, risk_item: RISK },
      {
        ...M,
        risk_item: '{frms_ware_category=1999, user_info_mercht_userno=13958069593}',
      },
    ),
  ],
  [
    'as Python shows a dict',
    sent({ ...M, risk_item: RISK }, { ...M, risk_item: python.replaceAll('"', "'") }),
  ],
  [
    'with its members sorted',
    sent({ ...M, risk_item: JSON.stringify(UNSORTED) }, { ...M, risk_item: JSON.stringify(RISK) }),
  ],
  [
    'serialized twice for the signature',
    sent(
      { ...M, risk_item: JSON.stringify(RISK) },
      { ...M, risk_item: JSON.stringify(JSON.stringify(RISK)) },
    ),
  ],
  [
    'serialized twice in the message',
    sent(
      { ...M, risk_item: JSON.stringify(JSON.stringify(RISK)) },
      { ...M, risk_item: JSON.stringify(RISK) },
    ),
  ],
  ['HTML-escaped for the signature', sent({ ...M, n: "<'>" }, { ...M, n: '&lt;&#39;&gt;' })],
  ['HTML-escaped after', sent({ ...M, n: '{&quot;a&quot;}' }, { ...M, n: '{"a"}' })],
  ['\\u escapes', sent(M, { ...M, acct_name: '\\u5F20\\u4E09' })],
  ['\\u escapes as text', sent({ ...M, acct_name: '\\u5f20\\u4e09' }, M)],
  ['Slashes', sent({ ...M, n: 'a/b' }, { ...M, n: 'a\\/b' })],
  ['backslashes', sent({ ...M, n: 'a\\/b' }, { ...M, n: 'a/b' })],
  ['Unicode form NFD', sent({ ...M, n: 'é' }, { ...M, n: 'é'.normalize('NFD') })],
  ['Unicode form NFC', sent({ ...M, n: 'é'.normalize('NFD') }, { ...M, n: 'é' })],
  ['message has full-width', sent({ ...M, money: wide('210.00') }, M)],
  ['Full-width characters were signed', sent(M, { ...M, money: wide('210.00') })],
  ['acct_name has a blank at its end', sent(M, { ...M, acct_name: '张三 ' })],
  ['acct_name has a line end behind', sent(M, { ...M, acct_name: '张三\n' })],
  ['trimmed', sent({ ...M, acct_name: '张三\n' }, M)],
  ['trimmed', sent({ ...M, acct_name: '张三\u3000' }, M)],
  ['Spaces were removed', sent(M, { ...M, user_id: 'ab/cd+e' })],
  ['CRLF in a value', sent({ ...M, n: 'a\r\nb' }, { ...M, n: 'a\nb' })],
  ['became CRLF', sent({ ...M, n: 'a\nb' }, { ...M, n: 'a\r\nb' })],
  [
    'URL-encoded',
    sent(
      M,
      each((value) => encodeURIComponent(value).toLowerCase()),
    ),
  ],
  ['Only in acct_name', sent(M, { ...M, acct_name: encodeURIComponent(M.acct_name) })],
  ['before they were URL-encoded', sent(each(encodeURIComponent), M)],
  [
    'before they were form-encoded',
    sent(
      each((v) => new URLSearchParams({ v }).toString().slice(2)),
      M,
    ),
  ],
  [
    'The names were signed in upper case',
    sent(
      M,
      C.replaceAll(/[a-z_]+=/g, (n) => n.toUpperCase()),
    ),
  ],
  [
    'camelCase',
    sent(
      { user_id: '1', dt_order: '2', sign_type: 'RSA' },
      { userId: '1', dtOrder: '2', signType: 'RSA' },
    ),
  ],
]

const MEMBER_MISTAKES: readonly (readonly [string, string | Uint8Array])[] = [
  ['the word None (platform)', sent({ ...M, platform: null }, { ...M, platform: 'None' })],
  ['Empty and null members', sent({ ...M, a: '', b: null }, `a=&${C.replace('&dt', '&b=&dt')}`)],
  ['signed with platform=null', sent(M, { ...M, platform: 'null' })],
  ['signed with platform= in', sent(M, C.replace('&sign_type', '&platform=&sign_type'))],
  ['pay_type was 2 when', sent({ ...M, pay_type: 'D' }, { ...M, pay_type: '2' })],
  ['no member pay_type', sent(M, { ...M, pay_type: 'D' })],
  ['sign_type was RSA when', sent({ ...M, sign_type: 'MD5' }, M)],
  ['three capital letters', sent({ ...M, sign_type: 'rsa' }, { ...M, sign_type: 'rsa' })],
  ['three capital letters', sent({ ...M, sign_type: 'RSA ' }, M)],
  [
    'sign_type names SHA-256',
    written(
      { ...M, sign_type: 'RSA2' },
      seal(plainCanonical({ ...M, sign_type: 'RSA2' })).toString('base64'),
    ),
  ],
  ['are UTF-16', Buffer.concat([Buffer.of(0xff, 0xfe), utf16(sent(M, M))])],
]

const SIGN_MISTAKES: readonly (readonly [string, string])[] = [
  ['SHA1withRSA', written(M, seal(C, 'RSA-SHA1').toString('base64'))],
  ['SHA512withRSA', written(M, seal(C, 'RSA-SHA512').toString('base64'))],
  ['alphabet of URLs', written(M, whole.toString('base64url'))],
  ['in hexadecimal', written(M, (whole.toString('hex').match(/../g) ?? []).join(':'))],
  ['written as \\n', written(M, base64.replaceAll(/.{76}/g, '$&\\n'))],
  ['lacks the =', written(M, base64.replaceAll('=', ''))],
  ['base64 twice', written(M, Buffer.from(base64).toString('base64'))],
  ['an extra pair of quotes', written(M, JSON.stringify(base64))],
  ['begins with its own name', written(M, `sign=${base64}`)],
  ['It has 101 characters', written(M, base64.slice(0, 101))],
  ['has 99 bytes', written(M, whole.subarray(0, 99).toString('base64'))],
  ['reverse order', written(M, Buffer.from(whole.toReversed()).toString('base64'))],
  ['an extra leading zero byte', written(M, Buffer.of(0, ...whole).toString('base64'))],
  [
    'RSASSA-PSS',
    written(
      M,
      signBytes('RSA-MD5', Buffer.from(C), {
        key: signer.pkcs8Pem,
        padding: constants.RSA_PKCS1_PSS_PADDING,
      }).toString('base64'),
    ),
  ],
]

const named = (acct_name: string) => ({ ...M, acct_name })
const gbk = (text: string) =>
  Buffer.from(text.replaceAll('张', '\xd5\xc5').replaceAll('三', '\xc8\xfd'), 'latin1')
const as = (charset: string, bytes: Uint8Array) => new TextDecoder(charset).decode(bytes)
const ansi = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => (byte === 0x89 ? '‰' : String.fromCharCode(byte))).join('')
const cesu = (text: string) =>
  Buffer.concat(
    text
      .split('😀')
      .flatMap((part, index) => [
        ...(index === 0 ? [] : [Buffer.of(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80)]),
        Buffer.from(part),
      ]),
  )

/** What forms, charsets and invisible characters do on the way from the signer to the reader. */
const WAY_MISTAKES: readonly (readonly [string, string | Uint8Array])[] = [
  ['such as emoji, were signed as \\u', sent(named('张😀'), named('张\\uD83D\\uDE00'))],
  ['such as emoji, were signed as \\u', sent(named('张😀'), named('张\\ud83d\\ude00'))],
  ['such as emoji, were signed as \\u', sent(named('张😀三'), named('张\\u{1f600}三'))],
  ['\\u escapes as text', sent(named('张\\ud83d\\ude00'), named('张😀'))],
  ['such as emoji, were lost', sent(named('张😀'), named('张?'))],
  ['such as emoji, were lost', sent(named('张😀'), named('张??'))],
  ['such as emoji, were lost', sent(named('张😀三'), named('张三'))],
  ['CESU-8', sent(named('张😀三'), cesu(plainCanonical(named('张😀三'))))],
  ['HTML-escaped', sent(named('张😀'), named('张&#128512;'))],
  ['decoded as a form', sent(named('会员 月卡'), named('会员+月卡'))],
  ['decoded as a form', sent(named('a b'), named('a+b'))],
  ['some of its spaces', sent(named('会员 月卡 a b'), named('会员+月卡 a b'))],
  ['some of its spaces', sent(named('a b c d'), named('a b+c+d'))],
  [
    'where the signed text has none or a plain space',
    sent(named('张\u00a0三\u200b'), named('张 三')),
  ],
  [
    'sign has blanks where base64 has +',
    written(
      { ...M, user_id: 'ab/c d e', acct_name: '会员 月卡' },
      seal(plainCanonical({ ...M, acct_name: '会员+月卡', user_id: 'ab/c+d+e' }))
        .toString('base64')
        .replaceAll('+', ' '),
    ),
  ],
  [
    'decoded as a form before signing',
    sent(named('会员+月卡'), { ...M, user_id: 'ab/c d e', acct_name: '会员 月卡' }),
  ],
  ['are GBK, and were read as ISO 8859-1', sent(named(gbk('张三').toString('latin1')), gbk(C))],
  ['are GBK, and were read as ISO 8859-1', sent(named(gbk('张三').toString('latin1')), C)],
  ['are UTF-8, and were read as windows-1252', sent(named(ansi(Buffer.from('张三'))), C)],
  [
    'are UTF-8, and were read as ISO 8859-1',
    sent(named(Buffer.from('张三').toString('latin1')), C),
  ],
  ['are UTF-8, and were read as GBK', sent(named(as('gbk', Buffer.from('张三'))), C)],
  ['UTF-8 bytes were read as windows-1252', sent(M, named(ansi(Buffer.from('张三'))))],
  ['UTF-8 bytes were read as GBK', sent(M, named(as('gbk', Buffer.from('张三'))))],
  ['GBK bytes were read as ISO 8859-1', sent(M, named(gbk('张三').toString('latin1')))],
  ['with a question mark', sent(M, C.replace('张三', '??'))],
  ['ISO 8859-1', sent(named('José'), Buffer.from(plainCanonical(named('José')), 'latin1'))],
  ['U+00A0 (no-break space) in user_id where', sent({ ...M, user_id: 'ab/c\u00a0d+e' }, M)],
  ['no-break space (U+00A0) where', sent(M, { ...M, user_id: 'ab/c\u00a0d+e' })],
  ['U+202F (narrow no-break space)', sent({ ...M, user_id: 'ab/c\u202fd+e' }, M)],
  ['U+3000 (ideographic space)', sent({ ...M, user_id: 'ab/c\u3000d+e' }, M)],
  ['U+200B (zero width space) in acct_name', sent(named('张\u200b三'), M)],
  ['U+FEFF (byte order mark) in acct_name', sent(named('\ufeff张三'), M)],
  ['U+200E (left-to-right mark)', sent(named('张三\u200e'), M)],
  ['U+00AD (soft hyphen)', sent({ ...M, user_id: 'ab/c d+\u00ade' }, M)],
  ['U+00A0 (no-break space) in acct_name', sent(named('张三\u00a0'), M)],
  [
    'U+200D (zero width joiner), U+200B',
    sent({ ...M, acct_name: '张\u200b三', user_id: 'ab/c d\u200d+e' }, M),
  ],
  [
    'U+200B (zero width space) in money',
    sent({ ...M, 'money\u200b': '210.00', money: undefined }, M),
  ],
  [
    'sign has U+200B (zero width space)',
    written(M, `${base64.slice(0, 40)}\u200b${base64.slice(40)}`),
  ],
  ['sign has U+00A0 (no-break space)', written(M, `\u00a0${base64}`)],
  ['sign has U+FEFF (byte order mark)', written(M, `\ufeff${base64}`)],
  ['the entity &#34; in acct_name', sent(named('a&#34;b'), named('a"b'))],
  ['the entity &#34; in acct_name', sent(named('a&#34;b&lt;c'), named('a"b&lt;c'))],
  ['the entity &amp; in acct_name', sent(named('a&amp;b'), named('a&b'))],
  ['the entity &#x27; in acct_name', sent(named('a&#x27;b'), named("a'b"))],
  ['the entity &#24352; in acct_name', sent(named('&#24352;三'), M)],
  ['HTML-escaped for the signature', sent(named('a"b'), named('a&#34;b'))],
  ['HTML-escaped for the signature', sent(named('a"b'), named('a&#x22;b'))],
  ['HTML-escaped for the signature', sent(named(`<"'&>`), named('&lt;&#34;&#39;&amp;&gt;'))],
  ['%25 where the message has %', sent(named('100%'), named('100%25'))],
  [
    '%25 where the message has %',
    sent(
      { ...M, acct_name: '会员 月卡', n: '100%' },
      { ...M, acct_name: '会员+月卡', n: '100%25' },
    ),
  ],
  ['U+0009 (tab) in acct_name where', sent(named('a\tb'), named('a b'))],
  ['signature seems to hold the signature', JSON.stringify({ ...M, signature: base64 })],
  ['sign␠ seems to hold the signature', JSON.stringify({ ...M, 'sign ': base64 })],
  ['which Go and Gson write', sent(named('a&b<c>'), named(String.raw`a\u0026b\u003cc\u003e`))],
  ['which Go and Gson write', sent(named("a='b'"), named(String.raw`a\u003d\u0027b\u0027`))],
  ['typographic quotes', sent(named('“a”–b'), named('"a"-b'))],
  ['acct_name has U+200B (zero width space) at an end', sent(M, named('张三\u200b'))],
  ['acct_name has U+FEFF (byte order mark) at an end', sent(M, named('\ufeff张三'))],
  ['acct_name has U+00A0 (no-break space) at an end', sent(M, named('张三\u00a0'))],
  ['Text was lost in acct_name', sent(named('锟斤拷锟斤拷'), M)],
  ['Text was lost in acct_name', sent(named('\ufffd\ufffd'), M)],
  ['three capital letters', sent({ ...M, sign_type: 'RSA\u200b' }, M)],
  ['is not signed', JSON.stringify(M)],
  ['is not signed', JSON.stringify({ ...M, sign: '' })],
  ['is not signed', JSON.stringify({ ...M, sign: null })],
]

describe.each([
  ['the text', TEXT_MISTAKES],
  ['a value', VALUE_MISTAKES],
  ['the members', MEMBER_MISTAKES],
  ['the signature', SIGN_MISTAKES],
  ['the way from the signer to the reader', WAY_MISTAKES],
])('a mistake in %s is named', (_, mistakes) => {
  test.each(mistakes)('%s', async (cause, body) => {
    const causes = await causesOf(body)
    expect(causes.join('\n')).toContain(cause)
    expect(causes.join('\n')).not.toContain('altered, added or removed')
  })
})

test('three mistakes at once', async () => {
  const { sign_type: _, ...rest } = M
  const signed = Object.entries(rest).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  expect(await causesOf(sent(M, signed.join('&')))).toEqual([
    expect.stringContaining('sign_type was left out'),
    expect.stringContaining('URL-encoded'),
    expect.stringContaining('not sorted'),
  ])
})

test('a signature that lost its leading zero', async () => {
  let count = 0
  let members: Record<string, string> = M
  while (seal(plainCanonical(members))[0] !== 0) {
    count += 1
    members = { ...M, no_order: String(count) }
  }
  const body = written(members, seal(plainCanonical(members)).subarray(1).toString('base64'))
  expect(await causesOf(body)).toEqual([expect.stringContaining('lacks its leading zero byte')])
})

describe('nothing is explained that is not so', () => {
  test('a message that is right', async () => {
    expect(await causesOf(sent(M, M))).toEqual([])
    expect(
      await causesOf(sent({ ...M, money: 210.5, no: null, empty: '' }, { ...M, money: '210.5' })),
    ).toEqual([])
  })

  test.each([
    ['a text that has nothing to do with it', 'hello'],
    ['another order of the merchant', { ...M, user_id: 'somebody else' }],
    ['a secret behind the text', `${C}&key=201408071000001539_sahdisa_20141205`],
  ])('%s', async (_, signed) => {
    expect(await causesOf(sent(M, signed))).toEqual([
      expect.stringContaining('something was signed that is not in the message'),
    ])
  })

  test.each(['张?', '??', '?张'])('text that may have been lost: %s', async (lost) => {
    expect(await causesOf(sent(named(lost), named('张😀')))).toEqual([
      expect.stringContaining('something was signed that is not in the message'),
      expect.stringContaining('The question marks in acct_name may stand for'),
    ])
  })

  test('blanks of a signature are not called signed', async () => {
    const { notes } = await diagnose(written(M, `${base64} `), {
      keys: [keyOf(signer.spkiPem)],
      digest: digestOf,
    })
    expect(notes).toEqual([])
  })

  test('noise as a signature', async () => {
    for (let count = 0; count < 20; count += 1) {
      const noise = Buffer.of(1, ...randomBytes(127)).toString('base64')
      expect(await causesOf(written(M, noise))).toEqual([expect.stringContaining('Another key')])
    }
  })
})

test('a key that was made for a sandbox', async () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024, publicExponent: 65_539 })
  const spki = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  expect(await causesOf(sent(M, M), spki)).toEqual([
    expect.stringContaining('was made for a sandbox'),
    expect.stringContaining('Another key'),
  ])
})
