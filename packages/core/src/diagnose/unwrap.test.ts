import { randomBytes } from 'node:crypto'
import { parse as parseForm } from 'node:querystring'
import { promisify } from 'node:util'
import {
  brotliCompressSync,
  brotliDecompress,
  deflateRawSync,
  deflateSync,
  gunzipSync,
  gzipSync,
} from 'node:zlib'

import { withSign } from '@internal/testkit/signing'
import { vectorKey } from '@internal/vectors'
import { describe, expect, test } from 'vitest'

import { readReceived } from './diagnose.ts'
import type { Decompress } from './ports.ts'

// Whatever a message is wrapped in, its members come out as they were sent.

const MEMBERS = {
  oid_partner: '201304121000001004',
  user_id: 'u-1',
  acct_name: '张三',
  money: '210.00',
  sign_type: 'RSA',
}
const MESSAGE = withSign(MEMBERS, vectorKey('k1024').pkcs8Pem)
const JSON_TEXT = JSON.stringify(MESSAGE)
const BYTES = Buffer.from(JSON_TEXT)
const BASE64 = BYTES.toString('base64')

const brotli: Decompress = async (format, bytes) =>
  format === 'brotli' ? promisify(brotliDecompress)(bytes).catch(() => undefined) : undefined

const valuesOf = async (message: Uint8Array | string, decompress?: Decompress) => {
  const { members, wrappers } = await readReceived(message, decompress)
  const values = Object.fromEntries(members.map(({ name, text }) => [name, text]))
  return { values, keys: wrappers.map(({ key }) => key.replace('wrapped.', '')), wrappers }
}

/** The body as Express hands it over that has only its parser of forms. */
const formParsed = (body: string) => JSON.stringify({ ...parseForm(body) })
const lambda = (body: string, isBase64Encoded: boolean) =>
  JSON.stringify({ version: '2.0', headers: { host: 'example.com' }, body, isBase64Encoded })

describe('takes the message out of', () => {
  test.each<[string, Uint8Array | string, string[]]>([
    ['nothing', BYTES, []],
    ['a byte order mark', `\uFEFF${JSON_TEXT}`, []],
    ['gzip', gzipSync(BYTES), ['compressed']],
    ['deflate', deflateSync(BYTES), ['compressed']],
    ['deflate at its lowest level', deflateSync(BYTES, { level: 1 }), ['compressed']],
    ['raw deflate', deflateRawSync(BYTES), ['compressed']],
    ['gzip twice', gzipSync(gzipSync(BYTES)), ['compressed', 'compressed']],
    ['a JSON string', JSON.stringify(JSON_TEXT), ['json-string']],
    ['two JSON strings', JSON.stringify(JSON.stringify(JSON_TEXT)), ['json-string', 'json-string']],
    ['the inside of a JSON string', JSON.stringify(JSON_TEXT).slice(1, -1), ['json-escaped']],
    ['single quotes', `'${JSON_TEXT}'`, ['quotes']],
    ['a list', `[${JSON_TEXT}]`, ['list']],
    ['a list with other things', JSON.stringify([{ id: 1 }, MESSAGE, null]), ['list']],
    ['base64', BASE64, ['base64']],
    ['base64 in lines', BASE64.replaceAll(/.{76}/g, '$&\r\n'), ['base64']],
    ['base64 in the alphabet of URLs', BYTES.toString('base64url'), ['base64']],
    ['base64 of gzip', gzipSync(BYTES).toString('base64'), ['base64', 'compressed']],
    ['base64 in a JSON string', JSON.stringify(BASE64), ['json-string', 'base64']],
    ['hexadecimal', BYTES.toString('hex'), ['hex']],
    ['a body of API Gateway', lambda(JSON_TEXT, false), ['member']],
    ['a base64 body of API Gateway', lambda(BASE64, true), ['member', 'base64']],
    ['a response with data', JSON.stringify({ status: 200, data: MESSAGE }), ['member']],
    [
      'a log line',
      JSON.stringify({ level: 30, msg: 'sent', req: { raw: JSON_TEXT } }),
      ['member', 'member'],
    ],
    ['a Buffer', JSON.stringify(BYTES), ['buffer']],
    ['a Buffer in a member', JSON.stringify({ body: BYTES }), ['member', 'buffer']],
    ['a Uint8Array', JSON.stringify(new Uint8Array(BYTES)), ['bytes']],
    ['a list of bytes', JSON.stringify([...BYTES]), ['bytes']],
    ['a form that JSON was taken for', formParsed(encodeURIComponent(JSON_TEXT)), ['form-parsed']],
    ['the name of an empty member', JSON.stringify({ [JSON_TEXT]: '' }), ['form-parsed']],
    ['a field of a form', `data=${encodeURIComponent(JSON_TEXT)}`, ['member']],
    ['URL encoding', encodeURIComponent(JSON_TEXT), ['url-encoded']],
    [
      'the headers of a request',
      `POST /bankcardunbind.htm HTTP/1.1\r\nHost: example.com\r\n\r\n${JSON_TEXT}`,
      ['http'],
    ],
    [
      'a record of a queue',
      JSON.stringify({ Records: [{ body: JSON_TEXT }] }),
      ['member', 'list', 'member'],
    ],
    ['a line of several', `{"level":"info"}\n${JSON_TEXT}\n`, ['lines']],
    ['a line of a log', `2026-01-02 INFO body=${JSON_TEXT} (12 ms)`, ['text']],
    ['a call', `callback(${JSON_TEXT});`, ['text']],
    ['what follows its end', `${JSON_TEXT}\nEOF`, ['text']],
    [
      'bytes as Python shows them',
      `b'${BYTES.toString('latin1').replaceAll(/[^\0-\x7f]/g, (byte) => String.raw`\x${byte.charCodeAt(0).toString(16)}`)}'`,
      ['python-bytes'],
    ],
    ['the headers of a response', `HTTP/1.1 200 OK\r\n\r\n${JSON_TEXT}`, ['http']],
  ])('%s', async (_, message, wrappers) => {
    const { values, keys, wrappers: causes } = await valuesOf(message)
    expect(values).toEqual(MESSAGE)
    expect(keys).toEqual(wrappers)
    for (const { en, zh } of causes)
      expect([en, zh]).toEqual([expect.any(String), expect.any(String)])
  })

  test('brotli, where the runtime brings it', async () => {
    const { values, keys, wrappers } = await valuesOf(brotliCompressSync(BYTES), brotli)
    expect(values).toEqual(MESSAGE)
    expect(keys).toEqual(['compressed'])
    expect(wrappers[0]?.en).toContain('compressed with brotli')
  })

  // The body is divided at the first =, and base64 ends in none, one or two of them.
  test.each(['AAAA', 'AAA=', 'AA=='])(
    'a form that divided a signature such as %s',
    async (sign) => {
      const body = JSON.stringify({ ...MEMBERS, sign })
      expect((await valuesOf(formParsed(body))).values).toEqual({ ...MEMBERS, sign })
    },
  )
})

test('a message is not searched for another one inside it', async () => {
  const inner = { risk_item: JSON_TEXT, body: MESSAGE, user_id: 'outer', sign_type: 'RSA' }
  const { values, keys } = await valuesOf(JSON.stringify(inner))
  expect(values).toMatchObject({ user_id: 'outer', risk_item: JSON_TEXT })
  expect(keys).toEqual([])
})

test('an object without a message inside stays what it is', async () => {
  const { values, keys } = await valuesOf('{"a":"1","b":{"c":"2"},"d":"e30="}')
  expect(values).toEqual({ a: '1', b: '{"c":"2"}', d: 'e30=' })
  expect(keys).toEqual([])
})

describe('names what was given instead', () => {
  test.each<[string, Uint8Array | string, RegExp]>([
    ['nothing', '', /It is empty/],
    ['blanks', ' \r\n', /It is empty/],
    ['a page', '<html></html>', /HTML or XML/],
    ['a form', 'user_id=1&sign=AAAA', /a form, or a canonical string/],
    ['Python', "{'user_id': '1'}", /only double quotes/],
    ['a message that was cut off', JSON_TEXT.slice(0, -5), /cut off, or altered/],
    ['two messages', `[${JSON_TEXT},${JSON_TEXT}]`, /It holds 2 messages/],
    ['two messages in lines', `${JSON_TEXT}\n${JSON_TEXT}\n`, /It holds 2 messages/],
    ['a key', vectorKey('k1024').spkiPem, /a key or a certificate/],
    ['bzip2', Buffer.from('BZh91AY&SY\xff\0', 'latin1'), /compressed with bzip2/],
    ['xz', Buffer.from('\xfd7zXZ\0\0', 'latin1'), /compressed with xz/],
    ['an empty list', '[]', /It is a list/],
    ['gzip that was cut off', gzipSync(BYTES).subarray(0, 40), /compressed with gzip and cannot/],
    ['brotli without help', brotliCompressSync(BYTES), /It is binary/],
    ['an image', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), /a PNG image/],
    ['an archive', Buffer.from('PK\x03\x04\x14\0\0\0', 'latin1'), /a ZIP archive/],
    ['random bytes', Buffer.concat([Buffer.of(0x81, 0, 1), randomBytes(64)]), /It is binary/],
  ])('%s', async (_, message, words) => {
    await expect(readReceived(message)).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringMatching(words),
      hint: expect.stringContaining('one object'),
      zh: { message: expect.stringMatching(/^报文不是 JSON 对象。.*\p{Script=Han}/u) },
    })
  })

  test.each<[string, string, string]>([
    ['a member that is there twice', '{"a":"1","a":"2"}', 'ERR_REPLY_DUPLICATE_MEMBER'],
    ['half a character', String.raw`{"a":"\ud83d"}`, 'ERR_REPLY_INVALID'],
    ['deep nesting', `{"a":${'['.repeat(20)}${']'.repeat(20)}}`, 'ERR_REPLY_INVALID'],
  ])('%s', async (_, message, code) => {
    await expect(readReceived(message)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/^The message /),
      zh: { message: expect.stringMatching(/^报文/) },
    })
  })
})

test('what decompresses to more than 8 MiB is refused', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '))
  expect(gunzipSync(bomb)).toHaveLength(64 * 1024 * 1024)
  await expect(readReceived(bomb)).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
})
